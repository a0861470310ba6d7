import { z } from 'zod';
import { defineGate } from './gate.ts';
import { newestOfEach } from './newest-of-each.ts';
import { settleFindings } from './settle-findings.ts';

const limit = z.number().optional();
const onExcess = { critical: 'fail', high: 'fail', medium: 'fail', low: 'fail' } as const;

/** Open bugs by severity, in any tracker, against the most that pass and the oldest that may be; waived ones set aside. */
export const bugsGate = defineGate({
  name: 'bugs',
  configSchema: z.object({
    maximum: z.object({ critical: z.number(), high: z.number(), medium: limit, low: limit }),
    maximumAgeSeconds: z.object({ critical: limit, high: limit, medium: limit, low: limit }).default({}),
  }),
  async evaluate(context) {
    const trackers = newestOfEach(context, 'bugs', ({ tracker }) => tracker);
    if (!trackers.found) return { kind: 'missing', detail: `no usable list of open bugs: ${trackers.why}` };
    const reports = trackers.facts.map(({ id, collectedAt, fact }) => ({
      id,
      collectedAt,
      items: fact.items,
      counts: {},
    }));
    return settleFindings(context, 'bugs', reports, { ...context.config, onExcess });
  },
});
