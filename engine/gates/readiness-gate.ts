import { z } from 'zod';
import { judgeReadiness, readinessChecks, readinessScore } from '../verification/readiness.ts';
import { overrideOf } from '../workflow/override.ts';
import { defineGate } from './gate.ts';

const configSchema = z.object({
  minimumPercent: z.number(),
  readyPercent: z.number().default(0),
  /** Left out by engines that let a promotion through with caution as it was. */
  needsAcknowledgement: z.boolean().default(false),
});

/**
 * How much of what should be so before a release moves on is so: ready from `readyPercent` on, with somebody's
 * acknowledgement from `minimumPercent` on, else refused. Both are inclusive, and the score is unrounded.
 */
export const readinessGate = defineGate({
  name: 'readiness',
  configSchema,
  async evaluate({ config, definition, release, overrides, ports, signal }) {
    const { minimumPercent, readyPercent, needsAcknowledgement } = config;
    const { source, target } = definition;
    const checks = await readinessChecks(ports, { source, target, release }, signal);
    const score = readinessScore(checks);
    if (score === undefined) return { kind: 'missing', detail: `there is nothing to check in ${source.name}` };
    const open = checks.flatMap(({ isPassed, name, detail }) => (isPassed === true ? [] : [`${name}: ${detail}`]));
    const words = open.length === 0 ? '' : ` (${open.join('; ')})`;
    const found = `readiness ${percent(score)}`;
    switch (judgeReadiness(score, { readyPercent, cautionPercent: minimumPercent })) {
      case 'not-ready':
        return { kind: 'fail', detail: `${found} < ${percent(minimumPercent)}${words}`, evidence: [] };
      case 'ready':
        return { kind: 'pass', detail: `${found}${words}`, evidence: [] };
      case 'caution': {
        const below = `${found}, ready is ${percent(readyPercent)}`;
        const acknowledged = overrideOf({ overrides }, 'acknowledge');
        if (acknowledged !== undefined) {
          const by = `acknowledged by ${acknowledged.by}: ${acknowledged.reason}`;
          return { kind: 'warn', detail: `${below}; ${by}${words}`, evidence: [] };
        }
        if (!needsAcknowledgement) return { kind: 'warn', detail: `${below}${words}`, evidence: [] };
        const ask = 'somebody must acknowledge that (--acknowledge <reason>)';
        return { kind: 'fail', detail: `${below}; ${ask}${words}`, evidence: [] };
      }
    }
  },
});

/** As it is, and never rounded up to a bound that it does not reach. */
function percent(value: number): string {
  return `${String(Number(value.toPrecision(6)))} %`;
}
