import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startScratchPostgres } from '../support/scratch-postgres.ts';
import { holdTrial, type TrialResult } from './trial.ts';

/** Usage: npm run test:instances [-- --trials 5] [--seconds 60] [--seed 1]. Counts go to bench/instances.json. */
const { values } = parseArgs({
  options: { trials: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const { trials, seconds, seed } = z
  .object({
    trials: z.coerce.number().int().positive().default(5),
    seconds: z.coerce.number().positive().default(60),
    seed: z.coerce.number().int().default(1),
  })
  .parse(values);

const server = await startScratchPostgres();
try {
  const results: TrialResult[] = [];
  for (let index = 0; index < trials; index += 1) {
    const result = await holdTrial(await server.createDatabase(), { seed: seed + index, stormSeconds: seconds });
    results.push(result);
    for (const finding of result.findings) console.log(`✖ seed ${String(result.seed)}: ${finding}`);
    console.log(JSON.stringify({ ...result, findings: result.findings.length }));
  }
  const sum = (of: (result: TrialResult) => number): number => results.reduce((total, each) => total + of(each), 0);
  const summary = {
    date: new Date().toISOString(),
    seeds: results.map((each) => each.seed),
    stormSeconds: seconds,
    instances: 3,
    commands: sum(({ commands }) => commands),
    kills: sum(({ kills }) => kills),
    reconnections: sum(({ reconnections }) => reconnections),
    seenElsewhereMs: {
      count: sum(({ seen }) => seen.count),
      mean: Math.round(sum(({ seen }) => seen.meanMs) / results.length),
      highest: Math.max(...results.map(({ seen }) => seen.highestMs)),
    },
    findings: sum(({ findings }) => findings.length),
  };
  await writeFile(new URL('../../bench/instances.json', import.meta.url), `${JSON.stringify(summary, undefined, 2)}\n`);
  process.exitCode = summary.findings === 0 ? 0 : 1;
} finally {
  await server.stop();
}
