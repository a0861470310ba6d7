import { z } from 'zod';
import { defineGate, newestFact } from './gate.ts';

/** Share of lines that tests ran, inclusive; judged unrounded. */
export const coverageGate = defineGate({
  name: 'coverage',
  configSchema: z.object({ minimumPercent: z.number() }),
  async evaluate(context) {
    const newest = newestFact(context, 'coverage');
    if (!newest.found) return { kind: 'missing', detail: `no usable coverage report: ${newest.why}` };
    const { linesPercent } = newest.fact;
    const isEnough = linesPercent >= context.config.minimumPercent;
    const comparison = `coverage ${String(linesPercent)} % ${isEnough ? '≥' : '<'} ${String(context.config.minimumPercent)} %`;
    return { kind: isEnough ? 'pass' : 'fail', detail: comparison, evidence: [newest.id] };
  },
});
