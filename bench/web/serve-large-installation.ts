import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import pino from 'pino';
import type { AuditKeeping } from '../../cloudrun-ui/server/audit/audit-desk.ts';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import { startServer } from '../../cloudrun-ui/server/start-server.ts';
import { Authorizer } from '../../engine/authorization.ts';
import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { PromotionService, type Actor } from '../../engine/promotion-service.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { PostgresChanges } from '../../engine/store/postgres/change-listener.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { VirtualClock } from '../../engine/workflow/clock.ts';
import { compileDefinition } from '../../engine/workflow/compile-definition.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { fillDatabase, newestRelease } from '../scale/fill-database.ts';
import { applicationName, installationSize as size, now } from '../scale/installation-size.ts';
import { readLargeRules } from '../scale/large-rules.ts';

const ana: Actor = { id: 'ana@shop.example', verified: true, roles: ['operator', 'viewer'], via: 'ui' };
const everybody: Identity = { kind: 'iap', identify: () => Promise.resolve({ kind: 'known', actor: ana }) };
/** Some are on their way, as on any day. */
const underWay = 50;

export interface LargeInstallation {
  readonly url: string;
  readonly client: Client;
  stop(): Promise<void>;
}

/**
 * Serves an installation of 1,000 applications in 7 environments with 100,000 promotions behind them, in this process.
 * @param webFolder of the built web, where pages are asked for.
 */
export async function serveLargeInstallation(webFolder: string | undefined): Promise<LargeInstallation> {
  const folder = await mkdtemp(join(tmpdir(), 'large-installation-'));
  const directory = join(folder, 'postgres');
  const postgres = await ensureEmbeddedPostgres({ directory });
  const { store, close } = await connectStore({ url: postgres.url });
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  const rules = readLargeRules();
  const [path] = rules.paths;
  if (path === undefined) throw new Error('there is no path');
  console.log(`${String(size.promotions)} promotions of ${String(size.applications)} applications are written …`);
  await fillDatabase(client, compileDefinition(rules, path, applicationName(0), builtInSteps, false));
  const clock = new VirtualClock(now);
  const service = new PromotionService({
    store,
    authorizer: new Authorizer(store, false),
    rules: { current: () => Promise.resolve(rules) },
    steps: builtInSteps,
    // Nothing that is asked here reaches outside.
    ports: {} as Ports,
    testing: {} as TestingPorts,
    clock,
    stateVersion: engineStateVersion,
    dispatch: () => Promise.resolve(),
  });
  for (let index = 0; index < underWay; index += 1) {
    await service.run(ana, { application: applicationName(index * 7), release: newestRelease, to: 'qa' });
  }
  const changes = new PostgresChanges(postgres.url);
  await changes.start();
  const server = await startServer(
    {
      version: 'bench',
      service,
      identity: everybody,
      answers: store.answers,
      clock,
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
    client,
    async stop() {
      await server.stop();
      await changes.close();
      await client.end();
      await close();
      await stopEmbeddedPostgres({ directory });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
