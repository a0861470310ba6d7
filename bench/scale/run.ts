import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../engine/promotion-service.ts';
import { newestRelease } from './fill-database.ts';
import { GroundTruth, sentencesOf } from './ground-truth.ts';
import { applicationName, environmentNames, installationSize as size, now } from './installation-size.ts';
import { openLargeInstallation } from './large-installation.ts';
import { percentiles, type Percentiles } from './percentiles.ts';

/**
 * How long a decision about a promotion and the question what changed take when the installation is large, and whether
 * 200 answers about random instants are right. Usage: npm run bench:scale
 */
const wantedP99Ms = 50;
const questions = 500;
const checkedInstants = 200;

const actor: Actor = { id: 'ana@shop.example', verified: true, roles: ['promoter', 'viewer'], via: 'ui' };

function pick<Item>(from: readonly Item[]): Item {
  const chosen = from[Math.floor(Math.random() * from.length)];
  if (chosen === undefined) throw new Error('there is nothing to pick from');
  return chosen;
}

function randomInstant(withinDays: number): Date {
  return new Date(now.getTime() - Math.random() * withinDays * 86_400_000);
}

async function timed(ask: () => Promise<unknown>): Promise<Percentiles> {
  const took: number[] = [];
  for (let index = 0; index < questions; index += 1) {
    const started = performance.now();
    await ask();
    took.push(performance.now() - started);
  }
  return percentiles(took);
}

const installation = await openLargeInstallation();
try {
  const { client, service } = installation;
  const truth = await GroundTruth.read(client);
  let wrong = 0;
  for (let index = 0; index < checkedInstants; index += 1) {
    const at = randomInstant(size.days);
    const scope = { application: applicationName(Math.floor(Math.random() * size.applications)) };
    const narrowed = index % 2 === 0 ? scope : { ...scope, environment: pick(environmentNames) };
    const told = sentencesOf(await service.stateAt(actor, { ...narrowed, at, limit: 1000 }));
    if (JSON.stringify(told) !== JSON.stringify(truth.differencesAt(at, narrowed))) wrong += 1;
  }

  const application = (): string => applicationName(Math.floor(Math.random() * size.applications));
  let asked = 0;
  // Each place once: a release that is on its way there already is not asked for again.
  const nextMove = (): { readonly application: string; readonly to: string } => {
    const targets = environmentNames.slice(1);
    const to = targets[Math.floor(asked / size.applications) % targets.length] ?? '';
    const name = applicationName(asked % size.applications);
    asked += 1;
    return { application: name, to };
  };
  const twoHoursAgo = new Date(now.getTime() - 7_200_000);
  const results = {
    'decision on a promotion': await timed(() => service.run(actor, { ...nextMove(), release: newestRelease })),
    'changed --since 2h, all': await timed(() => service.changesSince(actor, { since: twoHoursAgo, limit: 200 })),
    'changed --since 2h --env production': await timed(() =>
      service.changesSince(actor, { since: twoHoursAgo, environment: 'production', limit: 200 }),
    ),
    'changed --at, last 24 h, all': await timed(() => service.stateAt(actor, { at: randomInstant(1), limit: 200 })),
    'changed --at, 90 days, one application': await timed(() =>
      service.stateAt(actor, { at: randomInstant(size.days), application: application(), limit: 200 }),
    ),
  };
  console.log('\n                                          p50      p95      p99  (ms)');
  for (const [title, { p50, p95, p99 }] of Object.entries(results)) {
    console.log(`${title.padEnd(40)} ${[p50, p95, p99].map((ms) => ms.toFixed(1).padStart(8)).join(' ')}`);
  }
  console.log(
    `\n${String(checkedInstants - wrong)} of ${String(checkedInstants)} answers about random instants equal ground truth`,
  );
  const slow = Object.values(results).some(({ p99 }) => p99 >= wantedP99Ms);
  const result = {
    date: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    size,
    wantedP99Ms,
    milliseconds: results,
    instants: { checked: checkedInstants, wrong },
  };
  await writeFile(join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = slow || wrong > 0 ? 1 : 0;
} finally {
  await installation.close();
}
