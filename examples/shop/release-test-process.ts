/**
 * Runs the test files named on the command line, in the folder it is started in, and sends what came of it to its
 * parent. A process of its own, because Node measures coverage over whole processes and in their working folder.
 */
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import type { ReleaseTestReport } from './release-tests.ts';

const failures: string[] = [];
let counts: Pick<ReleaseTestReport, 'passed' | 'failed' | 'skipped'> | undefined;
let files: ReleaseTestReport['files'] = [];

const events = run({
  files: [path.join(import.meta.dirname, 'load-release-tests.ts')],
  argv: process.argv.slice(2),
  coverage: true,
  coverageIncludeGlobs: ['services/**/*.ts', 'platform/**/*.ts'],
});
events.on('test:fail', ({ name, details }) => {
  failures.push(`${name}: ${details.error.message}`);
});
events.on('test:coverage', ({ summary }) => {
  files = summary.files.map((file) => ({
    path: file.path,
    totalLineCount: file.totalLineCount,
    coveredLineCount: file.coveredLineCount,
  }));
});
events.on('test:summary', ({ file, counts: { tests, passed, skipped, todo } }) => {
  // Each file ends with a summary of its own; the one of the whole run names no file.
  if (file === undefined) counts = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo };
});
await finished(events.resume());
if (counts === undefined) throw new Error('The test runner ended without a summary.');
const report: ReleaseTestReport = { ...counts, failures, files };
process.send?.(report, () => process.exit());
