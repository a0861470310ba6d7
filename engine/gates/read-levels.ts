import type { EnvironmentObservation } from '../metrics/metrics-source.ts';
import { serviceLevels, type ServiceLevels } from '../metrics/service-levels.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import { whyNotFresh, type GateContext } from './gate.ts';

/** Which end of the path a gate looks at. */
export function environmentOf(
  { definition }: Pick<GateContext<unknown>, 'definition'>,
  end: 'source' | 'target',
): EnvironmentTarget {
  return end === 'source' ? definition.source : definition.target;
}

export interface ReadLevels {
  readonly levels: ServiceLevels;
  readonly observation: EnvironmentObservation;
}

/** What was measured of an environment until now, or why it cannot be used. */
export async function readLevels(
  context: Pick<GateContext<unknown>, 'ports' | 'signal' | 'now' | 'requirement'>,
  environment: EnvironmentTarget,
  from: Date,
): Promise<({ readonly found: true } & ReadLevels) | { readonly found: false; readonly why: string }> {
  const { ports, now, signal } = context;
  const span = { from, to: now };
  const read = await ports.metrics.observe(environment.name, span, signal);
  // What once ran there and does no more says nothing about what the environment promises now.
  const names = environment.services.map(({ name }) => name);
  const observation = { ...read, services: read.services.filter(({ service }) => names.includes(service)) };
  const critical = environment.services.filter(({ isCritical }) => isCritical).map(({ name }) => name);
  const levels = serviceLevels(observation, span, critical);
  const { lastSeenAt } = levels;
  if (lastSeenAt === undefined) return { found: false, why: `${environment.name} was not watched` };
  const stale = whyNotFresh(context, lastSeenAt);
  if (stale !== undefined) return { found: false, why: `${environment.name}: ${stale}` };
  return { found: true, levels, observation };
}
