import { z } from 'zod';
import { defineGate, newestFact } from './gate.ts';

const suite = z.enum(['unit', 'integration', 'e2e', 'performance']);

/** Every demanded suite has a report, and enough of its tests passed. A suite without a test that ran is missing. */
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
    for (const wanted of context.config.suites) {
      const newest = newestFact(context, 'tests', (fact) => fact.suite === wanted);
      if (!newest.found) return { kind: 'missing', detail: `no usable report of the ${wanted} tests: ${newest.why}` };
      const { passed, failed, skipped } = newest.fact;
      const ran = passed + failed;
      if (ran === 0) return { kind: 'missing', detail: `the report of the ${wanted} tests names no test that ran` };
      evidence.push(newest.id);
      details.push(`${wanted} ${String(passed)}/${String(ran)}`);
      // Multiplied out, because a quotient of 0.29 times 100 is less than 29.
      if (!(passed * 100 >= context.config.minimumPassedPercent * ran))
        failures.push(`${String(failed)} ${wanted} tests failed`);
      if (context.config.maximumSkipped !== undefined && skipped > context.config.maximumSkipped) {
        failures.push(`${String(skipped)} ${wanted} tests were skipped`);
      }
    }
    return failures.length > 0
      ? { kind: 'fail', detail: failures.join(', '), evidence }
      : { kind: 'pass', detail: `tests ${details.join(', ')}`, evidence };
  },
});
