import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Authorizer } from '../../engine/authorization.ts';
import { PromotionService, type Actor } from '../../engine/promotion-service.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { VirtualTime } from '../../engine/store/postgres/virtual-time.ts';
import type { TestingPorts } from '../../engine/environment-tests/environment-test.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { copyToOthers, ownPath, promoteOne, proposedPath, replayRules } from './replay-history.ts';

/**
 * How long `rules test --replay` takes over a large installation: promotions that really ran, by the rules that they ran
 * by (each must be as before) and by other ones. Usage: npm run bench:replay
 */
const wantedSeconds = 60;

const actor: Actor = { id: 'ana', verified: true, roles: ['viewer'], via: 'cli' };
const folder = await mkdtemp(join(tmpdir(), 'bench-replay-'));
try {
  const { url } = await ensureEmbeddedPostgres({ directory: join(folder, 'postgres') });
  const time = await VirtualTime.install(url, new Date(0));
  const { store, close } = await connectStore({ url, maximumConnections: 4 });
  const own = replayRules(ownPath);
  console.log('promoting one application');
  await promoteOne({ store, time }, own);
  console.log('copying it');
  const client = new Client({ connectionString: url });
  await client.connect();
  await copyToOthers(client);
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from promotion');
  await client.end();

  const nothing = new Proxy({}, { get: () => () => Promise.reject(new Error('nothing is asked outside')) });
  const service = new PromotionService({
    store,
    authorizer: new Authorizer(store, false),
    rules: { current: () => Promise.resolve(own) },
    steps: builtInSteps,
    ports: nothing as Ports,
    testing: nothing as TestingPorts,
    clock: new SystemClock(),
    stateVersion: engineStateVersion,
    dispatch: () => Promise.resolve(),
  });
  const replay = async (rules: Rules) => {
    const started = performance.now();
    const { counts } = await service.replay(actor, { rules });
    return { seconds: Number(((performance.now() - started) / 1000).toFixed(2)), counts };
  };
  const byOwnRules = await replay(own);
  const byProposedRules = await replay(replayRules(proposedPath));
  const promotions = rows[0]?.count ?? 0;
  const isAsBefore = byOwnRules.counts['as-before'] === promotions;
  const result = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    promotions,
    wantedSeconds,
    isAsBefore,
    byOwnRules,
    byProposedRules,
    promotionsPerSecond: Math.round(promotions / byProposedRules.seconds),
  };
  console.log(result);
  await writeFile(join(import.meta.dirname, 'replay.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = isAsBefore && byProposedRules.seconds < wantedSeconds ? 0 : 1;
  await close();
  await time.close();
} finally {
  await stopEmbeddedPostgres({ directory: join(folder, 'postgres') });
  await rm(folder, { recursive: true, force: true });
}
