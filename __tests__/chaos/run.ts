import { KillTest } from './kills/kill-test.ts';
import { makeEngineDatabase, withSubjects } from './laboratory.ts';
import { readOptions, type ChaosOptions } from './options.ts';
import { writeResults, type ChaosResults } from './result-file.ts';
import { testSlots } from './slots/slot-test.ts';
import { hasFindings, summarize } from './summary.ts';
import { pointName } from './worker/kill-point.ts';
import { ZombieTest } from './zombies/zombie-test.ts';

/**
 * Kills workers, puts them to sleep and wakes them too late, and lets many fight for few slots; witnesses outside the
 * engine say whether anything was done twice, not at all, or by somebody who should not have.
 *
 * Usage: npm run test:chaos [-- --kills 500] [--zombies [--only <pattern>]] [--slots [--promotions 3000]]
 *        [--applications 3] [--seed 1]
 */
const killsPerPromotion = 8;
const slotCount = 40;
const slotWorkers = 2;
const secondsBetweenWorkerKills = 8;
const resultFile = `${import.meta.dirname}/../../bench/chaos.json`;

const options = readOptions(process.argv.slice(2));
const started = performance.now();
const onProgress = (line: string): void => {
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);
};

async function testKills({ kills, seed }: ChaosOptions): Promise<ChaosResults> {
  return withSubjects(settledApplications(), async (installation, subjects) => ({
    kills: await new KillTest(installation, subjects, { kills, seed, killsPerPromotion, onProgress }).run(),
  }));
}

async function testZombies({ seed, only }: ChaosOptions): Promise<ChaosResults> {
  const isChosen: ConstructorParameters<typeof ZombieTest>[1]['isChosen'] = ({ point, variant }) =>
    only.test(`${pointName(point)}, ${variant}`);
  return withSubjects([...settledApplications(), { name: 'n1', isNew: true }], async (_, subjects) => ({
    zombies: await new ZombieTest(subjects, { seed, isChosen, onProgress }).run(),
  }));
}

async function testFewSlots({ seed, promotions }: ChaosOptions): Promise<ChaosResults> {
  return withSubjects([], async (installation) => ({
    slots: await testSlots({
      databaseUrl: await makeEngineDatabase(installation, 'slots'),
      promotions,
      slots: slotCount,
      workers: slotWorkers,
      seed,
      secondsBetweenKills: secondsBetweenWorkerKills,
      onProgress,
    }),
  }));
}

function settledApplications(): readonly { readonly name: string; readonly isNew: boolean }[] {
  return Array.from({ length: options.applications }, (_, index) => ({ name: `a${String(index + 1)}`, isNew: false }));
}

const parts: readonly ((chosen: ChaosOptions) => Promise<ChaosResults>)[] = [
  ...(options.kills > 0 ? [testKills] : []),
  ...(options.zombies ? [testZombies] : []),
  ...(options.slots ? [testFewSlots] : []),
];
let results: ChaosResults = {};
for (const part of parts) {
  const result = await part(options);
  // At once: what took so long is not lost should a later part break off.
  await writeResults(resultFile, result, new Date());
  results = { ...results, ...result };
}
console.log(`\n${summarize(results)}`);
process.exitCode = hasFindings(results) ? 1 : 0;
