/**
 * Runs the test files named on the command line, in the folder it is started in, and sends what came of it to its
 * parent. A process of its own, because Node measures coverage over whole processes and in their working folder.
 */
import { run } from 'node:test';
import type { ReleaseTestReport } from './release-tests.ts';

const failures: string[] = [];
let counts: Pick<ReleaseTestReport, 'passed' | 'failed' | 'skipped'> | undefined;
let files: ReleaseTestReport['files'] = [];

const events = run({
  files: process.argv.slice(2),
  concurrency: 2,
  coverage: true,
  coverageIncludeGlobs: ['services/**/*.ts', 'platform/**/*.ts'],
});
for await (const event of events) {
  if (event.type === 'test:fail') failures.push(`${event.data.name}: ${event.data.details.error.message}`);
  if (event.type === 'test:coverage') {
    files = event.data.summary.files.map(({ path, totalLineCount, coveredLineCount }) => ({
      path,
      totalLineCount,
      coveredLineCount,
    }));
  }
  // Each file ends with a summary of its own; the one of the whole run names no file.
  if (event.type === 'test:summary' && event.data.file === undefined) {
    const { passed, failed, cancelled, skipped, todo } = event.data.counts;
    counts = { passed, failed: failed + cancelled, skipped: skipped + todo };
  }
}
if (counts === undefined) throw new Error('The test runner ended without a summary.');
const report: ReleaseTestReport = { ...counts, failures, files };
process.send?.(report, () => process.exit());
