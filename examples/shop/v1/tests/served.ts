import { HttpService } from '../platform/http-service.ts';
import { Metrics } from '../platform/metrics.ts';
import { Phase } from '../platform/phase.ts';
import type { Route } from '../platform/route.ts';
import { recordedLog } from './recorded-log.ts';

/** Serves routes on a port of loopback, as a service does. */
export async function serve(routes: readonly Route[]): Promise<{
  readonly url: string;
  readonly phase: Phase;
  readonly metrics: Metrics;
  readonly lines: ReturnType<typeof recordedLog>['lines'];
  readonly stop: (lameDuckMs?: number, boundMs?: number) => Promise<boolean>;
}> {
  const { log, lines } = recordedLog();
  const phase = new Phase();
  const metrics = new Metrics({ service: 'tested', release: 'v1' });
  const service = new HttpService({ routes, phase, metrics, log });
  const port = await service.listen(0);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    phase,
    metrics,
    lines,
    stop: (lameDuckMs = 0, boundMs = 2_000) => service.stop(lameDuckMs, boundMs),
  };
}
