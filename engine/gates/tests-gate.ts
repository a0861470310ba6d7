import { z } from 'zod';
import type { EvidenceFact } from '../evidence/evidence.ts';
import { counted } from '../wording/counted.ts';
import { defineGate } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';

const suite = z.enum(['unit', 'integration', 'e2e', 'performance']);

const whatToDo =
  'mend what fails, or run the tests again, and bring the new report (promote evidence add <application> --release <release> --file <report>)';

/** More names than this nobody reads in a sentence. */
const mostNamesTold = 3;

type Report = {
  readonly of: string;
  readonly fact: Pick<Extract<EvidenceFact, { kind: 'tests' }>, 'failed' | 'failedTests'>;
};

/** `: "takes an order" and 2 more (of junit.xml)`; of a report that gives numbers only, where they are from. */
function whichFailed(reports: readonly Report[]): string {
  const failing = reports.filter(({ fact }) => fact.failed > 0);
  const total = failing.reduce((sum, { fact }) => sum + fact.failed, 0);
  const told = failing.flatMap(({ fact }) => fact.failedTests ?? []).slice(0, mostNamesTold);
  const from = `(of ${failing.map(({ of }) => of).join(', ')})`;
  if (told.length === 0) return ` ${from}`;
  const more = total > told.length ? ` and ${String(total - told.length)} more` : '';
  return `: ${told.map((name) => `"${name}"`).join(', ')}${more} ${from}`;
}

/**
 * Every demanded suite has a report, and enough of its tests passed. What several sources say of a suite (shards of one run)
 * adds up, the newest of each; a source of which no test ran is missing.
 */
export const testsGate = defineGate({
  name: 'tests',
  configSchema: z.object({
    suites: z.array(suite).min(1),
    minimumPassedPercent: z.number(),
    maximumSkipped: z.number().optional(),
  }),
  async evaluate(context) {
    const evidence: string[] = [];
    const details: string[] = [];
    const failures: string[] = [];
    let hasFailed = false;
    for (const wanted of context.config.suites) {
      const newest = newestOfEach(context, 'tests', (fact, producedBy) =>
        fact.suite === wanted ? producedBy : undefined,
      );
      if (!newest.found) return { kind: 'missing', detail: `no usable report of the ${wanted} tests: ${newest.why}` };
      const idle = newest.facts.find(({ fact }) => fact.passed + fact.failed === 0);
      if (idle !== undefined) {
        return { kind: 'missing', detail: `the report of the ${wanted} tests from ${idle.of} names no test that ran` };
      }
      const sum = (of: 'passed' | 'failed' | 'skipped'): number =>
        newest.facts.reduce((total, { fact }) => total + fact[of], 0);
      const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
      const ran = passed + failed;
      evidence.push(...newest.facts.map(({ id }) => id));
      details.push(`${wanted} ${String(passed)}/${String(ran)}`);
      // Multiplied out, because a quotient of 0.29 times 100 is less than 29.
      if (!(passed * 100 >= context.config.minimumPassedPercent * ran)) {
        failures.push(`${counted(failed, `${wanted} test`)} failed${whichFailed(newest.facts)}`);
        hasFailed = true;
      }
      if (context.config.maximumSkipped !== undefined && skipped > context.config.maximumSkipped) {
        failures.push(`${counted(skipped, `${wanted} test was`, `${wanted} tests were`)} skipped`);
      }
    }
    const remedy = hasFailed ? `; ${whatToDo}` : '';
    return failures.length > 0
      ? { kind: 'fail', detail: `${failures.join(', ')}${remedy}`, evidence }
      : { kind: 'pass', detail: `tests ${details.join(', ')}`, evidence };
  },
});
