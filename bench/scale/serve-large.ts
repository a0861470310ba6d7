import pino from 'pino';
import type { AuditKeeping } from '../../cloudrun-ui/server/audit/audit-desk.ts';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import type { LargeInstallation } from './large-installation.ts';

export interface ServedLarge {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves the large installation in this process, and keeps nobody from asking often.
 * @param webFolder of the built web, where pages are asked for.
 */
export async function serveLarge(
  { databaseUrl, store, service, clock }: Omit<LargeInstallation, 'client' | 'close'>,
  identity: Identity,
  webFolder?: string,
): Promise<ServedLarge> {
  const changes = new PostgresChanges(databaseUrl);
  await changes.start();
  const server = await startServer(
    {
      version: 'bench',
      service,
      identity,
      answers: store.answers,
      clock,
      // Standard output is for what was measured.
      log: pino({ level: 'warn' }, pino.destination(2)),
      webFolder,
      publicOrigin: undefined,
      limits: { bodyBytes: 1000, burst: 1e9, requestsPerSecond: 1e9 },
      changes,
      keeping: {} as AuditKeeping,
      versions: () => store.versions(new Date(clock.now().getTime() - 60_000)),
      checkReady: () => Promise.resolve(),
    },
    { address: '127.0.0.1', port: 0 },
  );
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await changes.close();
    },
  };
}
