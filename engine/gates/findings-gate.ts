import { z } from 'zod';
import { defineGate, newestFact } from './gate.ts';
import { settleFindings, type FoundReport } from './settle-findings.ts';

const reaction = z.enum(['fail', 'warn']);
const limit = z.number().optional();

/**
 * Security findings by severity against the most that pass and the oldest that may be; a severity without a number is
 * not limited. What is waived does not count, and is named.
 */
export const findingsGate = defineGate({
  name: 'findings',
  configSchema: z.object({
    maximum: z.object({ critical: z.number(), high: z.number(), medium: limit, low: limit }),
    maximumAgeSeconds: z.object({ critical: limit, high: limit, medium: limit, low: limit }).default({}),
    onExcess: z.object({ critical: reaction, high: reaction, medium: reaction, low: reaction }),
    scanners: z.array(z.string()),
  }),
  async evaluate(context) {
    const { scanners, ...settings } = context.config;
    const wanted: readonly (string | undefined)[] = scanners.length > 0 ? scanners : [undefined];
    const reports: FoundReport[] = [];
    for (const scanner of wanted) {
      const newest = newestFact(
        context,
        'findings',
        (fact) => scanner === undefined || fact.scanner.toLowerCase() === scanner.toLowerCase(),
      );
      if (!newest.found) {
        return { kind: 'missing', detail: `no usable report of ${scanner ?? 'any scanner'}: ${newest.why}` };
      }
      const { id, collectedAt, fact } = newest;
      const { critical, high, medium, low } = fact;
      reports.push({ id, collectedAt, items: fact.items, counts: { critical, high, medium, low } });
    }
    return settleFindings(context, 'findings', reports, settings);
  },
});
