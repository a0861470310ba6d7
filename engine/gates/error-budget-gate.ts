import { z } from 'zod';
import { consumedBudgetPercent } from '../metrics/error-budget.ts';
import type { ServiceObjectives } from '../metrics/service-objectives.ts';
import { defineGate, type GateContext } from './gate.ts';
import { environmentOf, readLevels } from './read-levels.ts';

const configSchema = z.object({
  maximumConsumedPercent: z.number(),
  windowSeconds: z.number().positive(),
  environment: z.enum(['source', 'target']),
});
type Config = z.infer<typeof configSchema>;

/** How much of the environment's error budget is gone; exclusive, so that a bound of 50 % is missed at exactly 50 %. */
export const errorBudgetGate = defineGate({
  name: 'errorBudget',
  configSchema,
  async evaluate(context) {
    const { maximumConsumedPercent, windowSeconds } = context.config;
    const environment = environmentOf(context, context.config.environment);
    const objectives = objectivesOf(context);
    if (objectives === undefined) {
      return { kind: 'missing', detail: `${environment.name} has no error budget: its rules have no slo` };
    }
    const read = await readLevels(context, environment, new Date(context.now.getTime() - windowSeconds * 1000));
    if (!read.found) return { kind: 'missing', detail: `no error budget: ${read.why}` };
    const consumed = consumedBudgetPercent(read.levels, objectives);
    if (!consumed.isKnown)
      return { kind: 'missing', detail: `error budget of ${environment.name} unknown: ${consumed.why}` };
    const isLess = consumed.value < maximumConsumedPercent;
    const value = Number.isFinite(consumed.value) ? String(Number(consumed.value.toPrecision(6))) : 'more than 100';
    const detail = `${environment.name} error budget ${value} % used ${isLess ? '<' : '≥'} ${String(maximumConsumedPercent)} %`;
    return { kind: isLess ? 'pass' : 'fail', detail, evidence: [] };
  },
});

/** What the rules promise of the environment, else what the path's slo gate asks of the same one. */
function objectivesOf(
  context: GateContext<Config>,
): Pick<ServiceObjectives, 'availabilityPercent' | 'errorRatePercent'> | undefined {
  const own = environmentOf(context, context.config.environment).objectives;
  if (own?.availabilityPercent !== undefined || own?.errorRatePercent !== undefined) return own;
  const slo = context.definition.gates.find(
    ({ gate, config }) => gate === 'slo' && config['environment'] === context.config.environment,
  );
  const number = (key: string): number | undefined => {
    const value = slo?.config[key];
    return typeof value === 'number' ? value : undefined;
  };
  const availabilityPercent = number('minimumAvailabilityPercent');
  const errorRatePercent = number('maximumErrorRatePercent');
  if (availabilityPercent === undefined && errorRatePercent === undefined) return undefined;
  return { availabilityPercent, errorRatePercent };
}
