import type { MetricsSource, ServiceObservation } from '../../../engine/metrics/metrics-source.ts';
import type { ServiceObjectives } from '../../../engine/metrics/service-objectives.ts';
import type { Definition, ServiceTarget } from '../../../engine/workflow/definition.ts';
import type { DeployedRelease } from '../../../engine/workflow/step-queries.ts';
import { MemoryMetrics, observed } from '../../support/memory-metrics.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';
import { secondsAgo } from './gate-fixture.ts';

const service = (name: string): ServiceTarget => ({
  name,
  kind: 'api',
  isCritical: true,
  healthUrl: '/health',
  smokeUrls: [],
  startupTimeoutSeconds: 10,
  healthCheckTimeoutSeconds: 10,
});

/** dev and staging with one critical service each. */
export function withObjectives(objectives?: ServiceObjectives): Pick<Definition, 'source' | 'target'> {
  const { source, target } = sampleDefinition([]);
  const services = [service('api')];
  return { source: { ...source, services, objectives }, target: { ...target, services, objectives } };
}

/** The metrics of environments in which `api` was observed as given. */
export function watched(
  more: Readonly<Record<string, Partial<ServiceObservation>>>,
  knownSince = new Date(0),
): { readonly metrics: MetricsSource; readonly asked: MemoryMetrics['asked'] } {
  const metrics = new MemoryMetrics();
  metrics.observations = Object.fromEntries(
    Object.entries(more).map(([environment, observation]) => [
      environment,
      (span) => ({ knownSince, services: [observed('api', span, observation)] }),
    ]),
  );
  return { metrics, asked: metrics.asked };
}

/** The release of the promotion runs somewhere, since so many seconds. */
export function runs(seconds: number, release = sampleRelease): readonly DeployedRelease[] {
  const at = secondsAgo(seconds);
  return [{ release, promotionId: undefined, deployedAt: at, verifiedAt: at }];
}
