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

/**
 * Looks once at the critical services of what runs beside, each where it is reached itself.
 * @returns what is wrong, and the services whose health address of the rules says where their users reach them, which is
 *   not there.
 */
export async function lookBeside(
  { probe }: Pick<Ports, 'probe'>,
  environment: EnvironmentTarget,
  { beside = [] }: DeploymentStatus,
  signal: AbortSignal,
): Promise<{ readonly sick: readonly string[]; readonly unseen: readonly string[] }> {
  const watched = environment.services.filter(({ isCritical }) => isCritical);
  const found = watched.flatMap((service) => beside.find(({ name }) => name === service.name) ?? []);
  const unready = found.filter(({ isReady }) => !isReady).map(({ name }) => `${name}: it is not ready`);
  const unseen: string[] = [];
  const looks = found.map(async ({ name, url, isReady }): Promise<readonly string[]> => {
    const service = watched.find((each) => each.name === name);
    if (service === undefined || !isReady) return [];
    if (!service.healthUrl.startsWith('/')) {
      unseen.push(name);
      return [];
    }
    const address = new URL(service.healthUrl, url).href;
    const result = await probe.probe(address, service.healthCheckTimeoutSeconds, signal);
    return result.isHealthy ? [] : [`${name}: ${result.message ?? `HTTP ${String(result.status)}`}`];
  });
  const sick = (await Promise.all(looks)).flat();
  return { sick: [...unready, ...sick], unseen };
}

/** What is wrong with the services that must be well, in their own words; empty when nothing is. */
export function sickServices(looks: readonly ServiceLook[]): readonly string[] {
  return looks
    .filter((look) => look.isCritical && !look.isHealthy)
    .map((look) => `${look.service}: ${look.message ?? 'not healthy'}`);
}
