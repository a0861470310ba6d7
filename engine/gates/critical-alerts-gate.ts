import { z } from 'zod';
import { defineGate, whyNotFresh } from './gate.ts';
import { environmentOf } from './read-levels.ts';
import { counted } from '../wording/counted.ts';

/** How many critical alerts are open; that nobody looked is not that there is none. */
export const criticalAlertsGate = defineGate({
  name: 'criticalAlerts',
  configSchema: z.object({ maximum: z.number(), environment: z.enum(['source', 'target']) }),
  async evaluate(context) {
    const { maximum } = context.config;
    const { name } = environmentOf(context, context.config.environment);
    const { evaluatedAt, alerts } = await context.ports.metrics.openAlerts(name, context.signal);
    if (evaluatedAt === undefined) return { kind: 'missing', detail: `nobody judges whether to alert in ${name}` };
    const stale = whyNotFresh(context, evaluatedAt);
    if (stale !== undefined) return { kind: 'missing', detail: `alerts of ${name}: ${stale}` };
    const critical = alerts.filter(({ severity }) => severity === 'critical');
    if (critical.length <= maximum) {
      return { kind: 'pass', detail: `${name} ${counted(critical.length, 'critical alert')}`, evidence: [] };
    }
    const words = critical.map(({ detail }) => detail).join('; ');
    return {
      kind: 'fail',
      detail: `${name} has ${counted(critical.length, 'critical alert')}: ${words}`,
      evidence: [],
    };
  },
});
