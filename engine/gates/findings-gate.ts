import { z } from 'zod';
import type { EvidenceFact } from '../evidence/evidence.ts';
import { defineGate, newestFact } from './gate.ts';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const reaction = z.enum(['fail', 'warn']);

/** Security findings by severity against the most that pass; a severity without a number is not limited. */
export const findingsGate = defineGate({
  name: 'findings',
  configSchema: z.object({
    maximum: z.object({
      critical: z.number(),
      high: z.number(),
      medium: z.number().optional(),
      low: z.number().optional(),
    }),
    onExcess: z.object({ critical: reaction, high: reaction, medium: reaction, low: reaction }),
    scanners: z.array(z.string()),
  }),
  async evaluate(context) {
    const { maximum, onExcess, scanners } = context.config;
    const wanted: readonly (string | undefined)[] = scanners.length > 0 ? scanners : [undefined];
    const reports = wanted.map((scanner) => ({
      scanner: scanner ?? 'any scanner',
      newest: newestFact(context, 'findings', (fact) => scanner === undefined || fact.scanner === scanner),
    }));
    const found: { readonly id: string; readonly fact: Extract<EvidenceFact, { kind: 'findings' }> }[] = [];
    for (const { scanner, newest } of reports) {
      if (!newest.found) return { kind: 'missing', detail: `no usable report of ${scanner}: ${newest.why}` };
      found.push(newest);
    }
    const evidence = found.map(({ id }) => id);
    const excesses = severities.flatMap((severity) => {
      const most = maximum[severity];
      const worst = Math.max(...found.map(({ fact }) => fact[severity]));
      if (most === undefined || worst <= most) return [];
      return [{ severity, detail: `${String(worst)} ${severity} findings, allowed are ${String(most)}` }];
    });
    if (excesses.length === 0) {
      const most = (severity: 'critical' | 'high') => String(Math.max(...found.map(({ fact }) => fact[severity])));
      return { kind: 'pass', detail: `findings ${most('high')} high, ${most('critical')} critical`, evidence };
    }
    const isFail = excesses.some(({ severity }) => onExcess[severity] === 'fail');
    return { kind: isFail ? 'fail' : 'warn', detail: excesses.map(({ detail }) => detail).join(', '), evidence };
  },
});
