import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findChromium, installChromium } from './chromium/find-chromium.ts';

/**
 * Runs the test suites one after the other, says how long each took, and fails when a test failed or was skipped:
 * a suite that silently did not run proves nothing. The suite that needs a browser says loudly where there is none.
 *
 * Usage: npm test [-- --suite unit] [-- <path>]
 */
const suites = ['unit', 'local'] as const;
const byName = join(import.meta.dirname, '../__tests__/browser/stage/by-name.js');

const resultSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

interface SuiteResult {
  readonly suite: string;
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function runSuite(suite: string, paths: readonly string[]): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'promotion-tests-'));
  const outputFile = join(folder, 'result.json');
  const started = performance.now();
  try {
    const jest = `${import.meta.dirname}/../node_modules/jest/bin/jest.js`;
    const exitCode = await spawnAndWait(
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        jest,
        '--selectProjects',
        suite,
        '--json',
        `--outputFile=${outputFile}`,
        // Each of its files has an installation of its own, which keeps a processor busy.
        ...(suite === 'local' || suite === 'long' ? ['--maxWorkers=2'] : []),
        // Its files share one installation, and look at what each other did there.
        ...(suite === 'browser' ? ['--runInBand', `--testSequencer=${byName}`] : []),
        ...paths,
      ],
      folder,
    );
    const result = resultSchema.parse(JSON.parse(await readFile(outputFile, 'utf8')));
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    return {
      suite,
      seconds: (performance.now() - started) / 1000,
      passed: result.numPassedTests,
      failed: exitCode !== 0 && failed === 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param templates folder in which what test servers begin with is kept, for this run alone. */
function spawnAndWait(args: readonly string[], templates: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, SCRATCH_POSTGRES_TEMPLATES: templates };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

const args = process.argv.slice(2);
const chosen: readonly string[] = args.includes('--suite') ? [args[args.indexOf('--suite') + 1] ?? ''] : suites;
const paths = args.filter((each, index) => !each.startsWith('--') && args[index - 1] !== '--suite');

if (chosen.includes('browser') && findChromium(process.env) === undefined) {
  const banner = '!'.repeat(100);
  console.error(`${banner}\nNOT TESTED: the pages, in a browser. There is no Chromium on this machine.`);
  console.error(`To test them, ${installChromium}\n${banner}`);
  process.exit(0);
}

const results: SuiteResult[] = [];
for (const suite of chosen) results.push(await runSuite(suite, paths));

console.log('\nSuite        Passed  Failed  Skipped  Time');
for (const { suite, passed, failed, skipped, seconds } of results) {
  console.log(
    `${suite.padEnd(12)} ${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ${String(skipped).padStart(7)}  ${seconds.toFixed(1)} s`,
  );
}
const sum = (key: 'passed' | 'failed' | 'skipped'): number => results.reduce((total, each) => total + each[key], 0);
if (sum('skipped') > 0) console.error('A skipped test proves nothing: run it or remove it.');
if (sum('passed') === 0) console.error('No test ran.');
console.log(`\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed, ${String(sum('skipped'))} skipped`);
process.exitCode = sum('failed') + sum('skipped') > 0 || sum('passed') === 0 ? 1 : 0;
