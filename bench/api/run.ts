import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import pino from 'pino';
import type { Identity } from '../../cloudrun-ui/server/identity/identity.ts';
import type { AuditKeeping } from '../../cloudrun-ui/server/audit/audit-desk.ts';
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
import { percentiles, type Percentiles } from '../scale/percentiles.ts';

/**
 * How long the API takes to answer while 50 people read at once, on an installation of 1,000 applications in 7 environments
 * with 100,000 promotions behind them. Each reads on: he asks again once he has his answer and has looked at it for a moment.
 *
 * Usage: npm run bench:api
 */
const users = 50;
const asksEach = 20;
/** How long somebody looks at what he was answered. */
const looksMs = 1000;
const wantedP99Ms = 50;

const ana: Actor = { id: 'ana@shop.example', verified: true, roles: ['operator', 'viewer'], via: 'ui' };
const everybody: Identity = { kind: 'iap', identify: () => Promise.resolve({ kind: 'known', actor: ana }) };

const folder = await mkdtemp(join(tmpdir(), 'bench-api-'));
try {
  const postgres = await ensureEmbeddedPostgres({ directory: join(folder, 'postgres') });
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
    // No page of the benchmark reaches outside.
    ports: {} as Ports,
    testing: {} as TestingPorts,
    clock,
    stateVersion: engineStateVersion,
    dispatch: () => Promise.resolve(),
  });
  // Some are on their way, as on any day.
  for (let index = 0; index < 50; index += 1) {
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
      log: pino({ level: 'silent' }),
      webFolder: undefined,
      publicOrigin: undefined,
      limits: { bodyBytes: 1000, burst: 1e9, requestsPerSecond: 1e9 },
      changes,
      keeping: {} as AuditKeeping,
      versions: () => store.versions(new Date(clock.now().getTime() - 60_000)),
      checkReady: () => Promise.resolve(),
    },
    { address: '127.0.0.1', port: 0 },
  );
  try {
    const application = (): string => applicationName(Math.floor(Math.random() * size.applications));
    const ids = (await client.query<{ id: string }>('select id from promotion order by random() limit 500')).rows;
    const promotion = (): string => ids[Math.floor(Math.random() * ids.length)]?.id ?? '';
    const cursors = new Map<string, string>();
    /** A page somewhere in the middle of a list. */
    const further = (list: string) => (): string =>
      `${list}${cursors.has(list) ? `&cursor=${cursors.get(list) ?? ''}` : ''}`;
    const pages: Readonly<Record<string, () => string>> = {
      'home, 50 applications': further('/api/matrix?limit=50'),
      'home, found by name': () => `/api/matrix?limit=50&search=${application().slice(2)}`,
      'history, all': further('/api/history?limit=50'),
      'history of an application': () => `/api/history?limit=50&application=${application()}`,
      'history of an environment': () => '/api/history?limit=50&environment=production&outcome=rolled-back',
      'promotions, all': further('/api/promotions?limit=50'),
      'promotions on their way': () => '/api/promotions?limit=50&active=true',
      'a promotion': () => `/api/promotions/${promotion()}`,
      'its trail': () => `/api/promotions/${promotion()}/events`,
      'its report': () => `/api/promotions/${promotion()}/report`,
      pipeline: () => `/api/applications/${application()}/pipeline`,
      inbox: () => '/api/inbox',
      releases: () => `/api/applications/${application()}/releases`,
      'changes of two hours': () => `/api/changes?since=${new Date(now.getTime() - 7_200_000).toISOString()}`,
    };
    const ask = async (path: string): Promise<number> => {
      const started = performance.now();
      const answer = await fetch(`${server.url}${path}`);
      const text = await answer.text();
      const took = performance.now() - started;
      if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${text}`);
      const { next } = JSON.parse(text) as { readonly next?: string | null };
      const [list = ''] = path.split('&cursor=');
      if (next !== undefined && next !== null) cursors.set(list, next);
      return took;
    };
    const results: Record<string, Percentiles> = {};
    for (const [title, path] of Object.entries(pages)) {
      for (let warm = 0; warm < 10; warm += 1) await ask(path());
      const took = await Promise.all(
        Array.from({ length: users }, async () => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * looksMs));
          const own: number[] = [];
          for (let index = 0; index < asksEach; index += 1) {
            own.push(await ask(path()));
            await new Promise((resolve) => setTimeout(resolve, looksMs * (0.5 + Math.random())));
          }
          return own;
        }),
      );
      results[title] = percentiles(took.flat());
      const { p50, p95, p99 } = results[title];
      console.log(`${title.padEnd(32)} ${[p50, p95, p99].map((ms) => ms.toFixed(1).padStart(8)).join(' ')}`);
    }
    const slow = Object.values(results).filter(({ p99 }) => p99 >= wantedP99Ms).length;
    const result = {
      date: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
      size,
      users,
      wantedP99Ms,
      milliseconds: results,
    };
    await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
    process.exitCode = slow > 0 ? 1 : 0;
  } finally {
    await server.stop();
    await changes.close();
    await client.end();
    await close();
    await stopEmbeddedPostgres({ directory: join(folder, 'postgres') });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
