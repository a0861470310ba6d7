import { HttpService } from './http-service.ts';
import { createStandardOutputLog } from './log.ts';
import type { Log } from './log.ts';
import { operationsRoutes } from './operations-routes.ts';
import type { Operations } from './operations-routes.ts';
import type { Route } from './route.ts';

export interface Service extends Operations {
  readonly routes: readonly Route[];
  readonly log: Log;
  readonly port: number;
  readonly lameDuckMs: number;
  /** Gives back what the service holds, after the last request. */
  readonly close: () => Promise<void>;
}

const shutdownBoundMs = 10_000;

/** Starts a service; one that cannot start says why in its log and ends with 1. */
export async function runService(name: string, compose: () => Service): Promise<void> {
  try {
    await serve(compose());
  } catch (error) {
    createStandardOutputLog({ service: name }).error('cannot-start', error);
    process.exitCode = 1;
    process.stdout.write('', () => process.exit());
  }
}

/** Listens until SIGTERM or SIGINT, then ends the process: 0 when nothing was cut off, 1 otherwise. */
async function serve(service: Service): Promise<void> {
  const { log, port, lameDuckMs, routes, phase, metrics } = service;
  const http = new HttpService({ routes: [...operationsRoutes(service), ...routes], phase, metrics, log });

  const shutDown = async (signal: string): Promise<void> => {
    log.info('stopping', { signal });
    const isClean = await http.stop(lameDuckMs, shutdownBoundMs);
    await service.close();
    log.info('stopped', { isClean });
    process.exitCode = isClean ? 0 : 1;
    // Kept-alive connections to other services would hold the process for seconds; the log line must still get out.
    process.stdout.write('', () => process.exit());
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (phase.current === 'stopping') return;
      shutDown(signal).catch((error: unknown) => {
        log.error('shutdown-failed', error);
        process.exit(1);
      });
    });
  }

  log.info('listening', { port: await http.listen(port) });
}
