import { z } from 'zod';
import { judgeLoad } from '../verification/judge-load.ts';
import { defineGate } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';

/** The load tests before the deployment, each tool's newest; the one after it is a matter of verification. */
export const loadGate = defineGate({
  name: 'load',
  configSchema: z.object({
    minimumRequestsPerSecond: z.number().optional(),
    maximumErrorRatePercent: z.number(),
    maximumP95Ms: z.number().optional(),
  }),
  async evaluate(context) {
    const tests = newestOfEach(context, 'load', ({ tool, phase }) => (phase === 'before' ? tool : undefined));
    if (!tests.found) return { kind: 'missing', detail: `no usable load test before the deployment: ${tests.why}` };
    const verdicts = tests.facts.map(({ fact }) => judgeLoad(fact, context.config));
    const evidence = tests.facts.map(({ id }) => id);
    const saying = (kind: (typeof verdicts)[number]['kind']): string =>
      verdicts.flatMap((verdict) => (verdict.kind === kind ? [verdict.detail] : [])).join('; ');
    if (verdicts.some(({ kind }) => kind === 'bad')) return { kind: 'fail', detail: saying('bad'), evidence };
    if (verdicts.some(({ kind }) => kind === 'unknown')) return { kind: 'missing', detail: saying('unknown') };
    return { kind: 'pass', detail: saying('good'), evidence };
  },
});
