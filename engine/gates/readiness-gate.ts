import { z } from 'zod';
import { readinessChecks, readinessScore } from '../verification/readiness.ts';
import { defineGate } from './gate.ts';

/** How much of what should be so in the source before a release moves on is so; inclusive and unrounded. */
export const readinessGate = defineGate({
  name: 'readiness',
  configSchema: z.object({ minimumPercent: z.number(), readyPercent: z.number().default(0) }),
  async evaluate({ config, definition, ports, signal }) {
    const checks = await readinessChecks(ports, definition.source, definition.target, signal);
    const score = readinessScore(checks);
    if (score === undefined)
      return { kind: 'missing', detail: `there is nothing to check in ${definition.source.name}` };
    const open = checks.flatMap(({ isPassed, name, detail }) => (isPassed === true ? [] : [`${name}: ${detail}`]));
    const words = open.length === 0 ? '' : ` (${open.join('; ')})`;
    const found = `readiness ${String(Number(score.toPrecision(6)))} %`;
    if (!(score >= config.minimumPercent)) {
      return { kind: 'fail', detail: `${found} < ${String(config.minimumPercent)} %${words}`, evidence: [] };
    }
    if (score < config.readyPercent) {
      return { kind: 'warn', detail: `${found}, ready is ${String(config.readyPercent)} %${words}`, evidence: [] };
    }
    return { kind: 'pass', detail: `${found}${words}`, evidence: [] };
  },
});
