import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, realpathSync } from 'node:fs';
import { appendFile, glob, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { EvidenceFact } from '../../engine/evidence/evidence.ts';
import { readReport } from '../../engine/evidence/read-report.ts';
import { defaultReadingLimits } from '../../engine/evidence/reading-limits.ts';
import { scanSources } from './scan-sources.ts';
import { testSuites, type TestSuite } from './test-suites.ts';

const messageSchema = z.object({ failures: z.array(z.string()) });
/** What the process of the tests says beside the reports that it writes. */
export type ReleaseTestMessage = z.infer<typeof messageSchema>;

async function listFiles(directory: string, pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: directory })) files.push(file);
  return files.sort();
}

/** They take a few seconds; a machine under load is given much more. */
const longestTestMs = 5 * 60_000;

/** Runs the tests, which write their reports. @returns name and message of each test that failed. */
async function runTests(directory: string, reports: string): Promise<readonly string[]> {
  const tests = await listFiles(directory, 'tests/**/*.test.ts');
  if (tests.length === 0) {
    // A run of nothing would be counted as one test that passed.
    await writeFile(path.join(reports, 'junit-unit.xml'), '<testsuites>\n</testsuites>\n');
    await writeFile(path.join(reports, 'lcov.info'), '');
    return [];
  }
  // What the process around this one was told about its own run must not reach the tests' process.
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  const child = fork(path.join(import.meta.dirname, 'release-test-process.ts'), [reports, ...tests], {
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
  const limit = setTimeout(() => child.kill('SIGKILL'), longestTestMs);
  await once(child, 'close');
  clearTimeout(limit);
  if (child.signalCode === 'SIGKILL') {
    throw new Error(
      `The tests of the release in ${directory} did not end within ${String(longestTestMs / 60_000)} minutes.`,
    );
  }
  const parsed = messageSchema.safeParse(message);
  if (parsed.success) return parsed.data.failures;
  throw new Error(`The tests of the release in ${directory} ended without a report. ${(await errors).trim()}`);
}

/** Adds the sources that no test loads, which Node leaves out: a line that nothing could run is not covered. */
async function addUnloadedSources(directory: string, lcovFile: string): Promise<void> {
  const measured = new Set(
    [...(await readFile(lcovFile, 'utf8')).matchAll(/^SF:(.+)$/gm)].map(([, file = '']) =>
      realpathSync(path.resolve(directory, file)),
    ),
  );
  for (const source of await listFiles(directory, '{services,platform}/**/*.ts')) {
    const file = path.join(directory, source);
    if (measured.has(realpathSync(file))) continue;
    const count = (await readFile(file, 'utf8')).split('\n').length;
    const lines = Array.from({ length: count }, (_, index) => `DA:${String(index + 1)},0\n`).join('');
    await appendFile(lcovFile, `SF:${source}\n${lines}LH:0\nLF:${String(count)}\nend_of_record\n`);
  }
}

async function factsOf(
  reports: string,
  name: string,
  format: 'junit' | 'lcov' | 'sarif',
  suite: TestSuite = 'unit',
): Promise<readonly EvidenceFact[]> {
  const options = { format, suite, phase: 'before', limits: defaultReadingLimits } as const;
  return (await readReport(createReadStream(path.join(reports, name)), options)).facts;
}

/** A suite of which there is no test has no report, and so no fact. */
async function testFactsOf(reports: string): Promise<readonly EvidenceFact[]> {
  const written = await readdir(reports);
  const facts: EvidenceFact[] = [];
  for (const suite of testSuites) {
    const name = `junit-${suite}.xml`;
    if (written.includes(name)) facts.push(...(await factsOf(reports, name, 'junit', suite)));
  }
  return facts;
}

export interface ReleaseTestResult {
  readonly facts: readonly EvidenceFact[];
  /** Name and message of each test that failed. */
  readonly failures: readonly string[];
}

/**
 * Runs a release's own tests, scans its sources, and reads what came of both out of the reports that they write. A test
 * that fails is a fact, not an error.
 * @throws when the tests could not be run at all.
 */
export async function collectTestFacts(directory: string): Promise<ReleaseTestResult> {
  const reports = await mkdtemp(path.join(tmpdir(), 'shop-reports-'));
  try {
    const failures = await runTests(directory, reports);
    await addUnloadedSources(directory, path.join(reports, 'lcov.info'));
    const tests = await testFactsOf(reports);
    // A set-up that fails behind its last test is in no case of the report.
    if (failures.length > 0 && tests.every((fact) => fact.kind === 'tests' && fact.failed === 0)) {
      throw new Error(`What failed is in no test of the report: ${failures.join('; ')}`);
    }
    const sources = await listFiles(directory, '{services,platform}/**/*.ts');
    await writeFile(path.join(reports, 'scan.sarif'), await scanSources(directory, sources));
    const measured = [await factsOf(reports, 'lcov.info', 'lcov'), await factsOf(reports, 'scan.sarif', 'sarif')];
    return { facts: [...tests, ...measured.flat()], failures };
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}
