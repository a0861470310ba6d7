import { consumedBudgetPercent } from '../metrics/error-budget.ts';
import type { Span } from '../metrics/metrics-source.ts';
import { serviceLevels, type Measure, type ServiceLevels } from '../metrics/service-levels.ts';
import type { RollbackTrigger } from '../rules/requirement-schema.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';

export interface Breach {
  readonly trigger: RollbackTrigger;
  readonly detail: string;
}

/** A share of less time than this says nothing: one look in which a service was not ready would be a quarter of it. */
const fewestSecondsForAvailability = 60;

/**
 * What metrics hold against a release since it is deployed: what the environment promises is broken since then, the error
 * budget ran out by it, or a critical alert was raised. What is not known is held against nobody, and what was so before
 * is not held against this release.
 * @throws when the metrics cannot be read.
 */
export async function metricBreaches(
  ports: Pick<Ports, 'metrics'>,
  target: EnvironmentTarget,
  since: Date,
  now: Date,
  signal: AbortSignal,
): Promise<readonly Breach[]> {
  const { alerts } = await ports.metrics.openAlerts(target.name, signal);
  const raised = alerts.filter((alert) => alert.severity === 'critical' && alert.since >= since);
  return [
    ...(await objectiveBreaches(ports, target, since, now, signal)),
    ...raised.map(({ detail }): Breach => ({ trigger: 'critical-alert', detail: `critical alert: ${detail}` })),
  ];
}

async function objectiveBreaches(
  ports: Pick<Ports, 'metrics'>,
  target: EnvironmentTarget,
  since: Date,
  now: Date,
  signal: AbortSignal,
): Promise<readonly Breach[]> {
  const { objectives, name } = target;
  if (objectives === undefined) return [];
  const over = async (span: Span): Promise<ServiceLevels> =>
    serviceLevels(
      await ports.metrics.observe(name, span, signal),
      span,
      target.services.filter(({ isCritical }) => isCritical).map((service) => service.name),
    );
  const windowMs = objectives.windowSeconds * 1000;
  const windowUntil = (to: Date): Span => ({ from: new Date(to.getTime() - windowMs), to });
  const levels = await over({ from: since, to: now });
  const isLong = levels.watchedSeconds >= fewestSecondsForAvailability;
  const violations = [
    isLong ? broken('availability', levels.availabilityPercent, objectives.availabilityPercent, 'least') : undefined,
    broken('errors', levels.errorRatePercent, objectives.errorRatePercent, 'most'),
    broken('p95', levels.p95Ms, objectives.p95Ms, 'most'),
  ].filter((each) => each !== undefined);
  const consumed = consumedBudgetPercent(await over(windowUntil(now)), objectives);
  const before = consumedBudgetPercent(await over(windowUntil(since)), objectives);
  const hasRunOut = consumed.isKnown && consumed.value >= 100 && !(before.isKnown && consumed.value <= before.value);
  return [
    ...violations.map((detail): Breach => ({
      trigger: 'slo-violation',
      detail: `${name}: ${detail} since the deployment`,
    })),
    ...(hasRunOut
      ? [{ trigger: 'error-budget-breach', detail: `the error budget of ${name} has run out` } as const]
      : []),
  ];
}

function broken(
  measure: string,
  found: Measure,
  bound: number | undefined,
  kind: 'least' | 'most',
): string | undefined {
  if (!found.isKnown || bound === undefined) return undefined;
  const isMet = kind === 'least' ? found.value >= bound : found.value <= bound;
  const shown = String(Number(found.value.toPrecision(6)));
  return isMet ? undefined : `${measure} ${shown}, at ${kind} ${String(bound)} is promised`;
}
