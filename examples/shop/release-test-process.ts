/**
 * Runs the test files named behind a folder on the command line, in the folder it is started in, and writes what came
 * of it into that folder: `junit-<suite>.xml` and `lcov.info`, by Node's own reporters. What failed is sent to its parent. A
 * process of its own, because Node measures coverage over whole processes and in their working folder.
 */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { junit, lcov, type TestEvent } from 'node:test/reporters';
import type { ReleaseTestMessage } from './release-tests.ts';
import { suiteOfFile, testSuites, type TestSuite } from './test-suites.ts';

const [reports = '', ...files] = process.argv.slice(2);
const events = run({
  files: [path.join(import.meta.dirname, 'load-release-tests.ts')],
  argv: files,
  coverage: true,
  coverageIncludeGlobs: ['services/**/*.ts', 'platform/**/*.ts'],
});
// Both reporters want all events, and a stream is read once.
const all: TestEvent[] = [];
for await (const event of events) all.push(event as TestEvent);
// Each file ends with a summary of its own; the one of the whole run names no file.
if (!all.some(({ type, data }) => type === 'test:summary' && data.file === undefined)) {
  throw new Error('The test runner ended without a summary.');
}
async function* replay(some: readonly TestEvent[]): AsyncGenerator<TestEvent, void> {
  yield* some;
}
/** By the name of its file; one that could not be loaded is a test of that name. What is about no file is told once. */
function suiteOf({ data }: TestEvent): TestSuite {
  const { file, name } = data as { readonly file?: string; readonly name?: string };
  return suiteOfFile(name?.endsWith('.test.ts') === true ? name : (file ?? ''));
}
for (const suite of testSuites) {
  const ofSuite = all.filter((event) => suiteOf(event) === suite);
  if (suite !== 'unit' && ofSuite.length === 0) continue;
  await pipeline(junit(replay(ofSuite)), createWriteStream(path.join(reports, `junit-${suite}.xml`)));
}
await pipeline(Readable.from(all), new lcov(), createWriteStream(path.join(reports, 'lcov.info')));
const failures = all.flatMap(({ type, data }) =>
  type === 'test:fail' ? [`${data.name}: ${data.details.error.message}`] : [],
);
const message: ReleaseTestMessage = { failures };
process.send?.(message, () => process.exit());
