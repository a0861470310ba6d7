import { serviceAddress } from '../deployment/service-address.ts';
import type { DeploymentStatus, DeploymentTarget } from '../deployment/deployment-target.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';

export interface ServiceLook {
  readonly service: string;
  readonly isCritical: boolean;
  readonly isHealthy: boolean;
  /** Whether it said anything at all. */
  readonly hasAnswered: boolean;
  readonly responseTimeMs: number;
  readonly message: string | undefined;
}

/** Looks once at every service of an environment, as its users reach it. */
export async function lookAtServices(
  ports: Pick<Ports, 'probe'> & { readonly deployment: Pick<DeploymentTarget, 'status'> },
  environment: EnvironmentTarget,
  signal: AbortSignal,
): Promise<{ readonly status: DeploymentStatus; readonly looks: readonly ServiceLook[] }> {
  const status = await ports.deployment.status(environment.name, signal);
  const looks = await Promise.all(
    environment.services.map(async (service): Promise<ServiceLook> => {
      const url = serviceAddress(status, service.name, service.healthUrl);
      const result = await ports.probe.probe(url, service.healthCheckTimeoutSeconds, signal);
      const message = result.isHealthy ? undefined : (result.message ?? `HTTP ${String(result.status)}`);
      const { name, isCritical } = service;
      const { isHealthy, responseTimeMs } = result;
      const hasAnswered = result.status !== undefined;
      return { service: name, isCritical, isHealthy, hasAnswered, responseTimeMs, message };
    }),
  );
  return { status, looks };
}

/** What is wrong with the services that must be well, in their own words; empty when nothing is. */
export function sickServices(looks: readonly ServiceLook[]): readonly string[] {
  return looks
    .filter((look) => look.isCritical && !look.isHealthy)
    .map((look) => `${look.service}: ${look.message ?? 'not healthy'}`);
}
