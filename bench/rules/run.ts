import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareScenarioFile } from '../../engine/simulation/run-scenario-files.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../engine/store/embedded/embedded-postgres.ts';
import { yearRules, yearScenario } from './year.ts';

/**
 * How long a simulated year takes: every freeze, both changes of the clocks in four zones, a promotion every week, all
 * through the real engine and its database. Usage: npm run bench:rules
 */
const wantedSeconds = 10;

const folder = await mkdtemp(join(tmpdir(), 'bench-rules-'));
try {
  await writeFile(join(folder, 'rules.yaml'), yearRules);
  await writeFile(join(folder, 'year.test.yaml'), yearScenario());
  const { url } = await ensureEmbeddedPostgres({ directory: join(folder, 'postgres') });
  const request = { file: join(folder, 'year.test.yaml'), rules: join(folder, 'rules.yaml'), extending: {} };
  const started = performance.now();
  const prepared = await prepareScenarioFile(request);
  if (!prepared.ok)
    throw new Error(prepared.problems.map(({ line, message }) => `${String(line)}: ${message}`).join('\n'));
  for await (const { isPassed, failures, from, to, steps } of prepared.run(url)) {
    const seconds = (performance.now() - started) / 1000;
    for (const failure of failures) console.error(failure);
    const days = (to.getTime() - from.getTime()) / 86_400_000;
    const result = {
      date: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
      simulatedDays: days,
      steps,
      isAsExpected: isPassed,
      wantedSeconds,
      seconds: Number(seconds.toFixed(2)),
    };
    console.log(result);
    await writeFile(join(import.meta.dirname, 'year.json'), `${JSON.stringify(result, undefined, 2)}\n`);
    process.exitCode = isPassed && seconds < wantedSeconds ? 0 : 1;
  }
} finally {
  await stopEmbeddedPostgres({ directory: join(folder, 'postgres') });
  await rm(folder, { recursive: true, force: true });
}
