import type { TestResult } from '../../engine/environment-tests/environment-test.ts';
import type { DoctorFinding } from '../session.ts';
import { reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** All tests of one environment; those of the team's own are left to `promote test`. */
const testTimeoutMs = 60_000;

/** Whether what releases come from passes its tests: nothing that fails there should be promoted. */
export async function* examineTests(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  const sources = new Set(world.rules.paths.map(({ from }) => from));
  for (const { application, name } of await runningPlaces(world)) {
    if (sources.has(name)) yield await examine(world, application, name);
  }
}

async function examine(
  { service, actor }: DoctorWorld,
  application: string,
  environment: string,
): Promise<DoctorFinding> {
  const subject = `tests · ${environment}`;
  const command = `promote test ${environment} ${application}`;
  const results: TestResult[] = [];
  try {
    const place = { application, environment, leavesOut: ['custom'] as const };
    for await (const event of service.testEnvironment(actor, place, AbortSignal.timeout(testTimeoutMs))) {
      if (event.kind === 'result') results.push(event);
    }
  } catch (error) {
    return { subject, level: 'warn', detail: `could not be run: ${reasonOf(error)}`, remedy: command };
  }
  const failed = results.filter(({ verdict }) => verdict === 'failed');
  const passed = results.filter(({ verdict }) => verdict === 'passed').length;
  if (failed.length === 0) return { subject, level: 'ok', detail: `${String(passed)} passed` };
  const [first] = failed;
  return {
    subject,
    level: 'fail',
    detail: `${String(failed.length)} of ${String(failed.length + passed)} fail; the first: ${first?.name ?? ''}: ${first?.detail ?? ''}`,
    remedy: `mend it before anything is promoted from there; ${command} says what to do about each`,
  };
}
