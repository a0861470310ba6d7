import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, realpathSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { EvidenceFact } from '../../engine/evidence/evidence.ts';

const count = z.int().nonnegative();
const releaseTestReportSchema = z.object({
  passed: count,
  failed: count,
  skipped: count,
  failures: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), totalLineCount: count, coveredLineCount: count })),
});
export type ReleaseTestReport = z.infer<typeof releaseTestReportSchema>;

async function listFiles(directory: string, pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: directory })) files.push(file);
  return files.sort();
}

const lineCount = (file: string): number => readFileSync(file, 'utf8').split('\n').length;

/** Lines run by tests among all lines of all sources: a file that no test loads counts as not covered. */
function linesPercent(directory: string, sources: readonly string[], files: ReleaseTestReport['files']): number {
  const measured = new Map(files.map((file) => [realpathSync(file.path), file]));
  let total = 0;
  let covered = 0;
  for (const source of sources) {
    const file = realpathSync(path.join(directory, source));
    total += measured.get(file)?.totalLineCount ?? lineCount(file);
    covered += measured.get(file)?.coveredLineCount ?? 0;
  }
  return total === 0 ? 0 : Math.floor((covered / total) * 10_000) / 100;
}

async function runTests(directory: string): Promise<ReleaseTestReport> {
  const tests = await listFiles(directory, 'tests/**/*.test.ts');
  // A run of nothing would be counted as one test that passed.
  if (tests.length === 0) return { passed: 0, failed: 0, skipped: 0, failures: [], files: [] };
  // What the process around this one was told about its own run must not reach the tests' process.
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const child = fork(path.join(import.meta.dirname, 'release-test-process.ts'), tests, {
    cwd: directory,
    env,
    execArgv: [],
    silent: true,
  });
  child.stdout?.resume();
  const errors = child.stderr === null ? Promise.resolve('') : text(child.stderr);
  let message: unknown;
  child.once('message', (value: unknown) => {
    message = value;
  });
  await once(child, 'close');
  const report = releaseTestReportSchema.safeParse(message);
  if (report.success) return report.data;
  throw new Error(`The tests of the release in ${directory} ended without a report. ${(await errors).trim()}`);
}

export interface ReleaseTestResult {
  readonly facts: readonly EvidenceFact[];
  /** Name and message of each test that failed. */
  readonly failures: readonly string[];
}

/**
 * Runs a release's own tests and says what came of them. A test that fails is a fact, not an error.
 * @throws when the tests could not be run at all.
 */
export async function collectTestFacts(directory: string): Promise<ReleaseTestResult> {
  const { passed, failed, skipped, failures, files } = await runTests(directory);
  const sources = await listFiles(directory, '{services,platform}/**/*.ts');
  return {
    facts: [
      { kind: 'tests', suite: 'unit', passed, failed, skipped },
      { kind: 'coverage', linesPercent: linesPercent(directory, sources, files) },
    ],
    failures,
  };
}
