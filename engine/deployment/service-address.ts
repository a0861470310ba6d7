import type { DeploymentStatus } from './deployment-target.ts';

/**
 * Where a service's URL of the rules is reached: as it stands, or below the address that the deployment reports.
 * @throws when it is a path and the deployment names no such service.
 */
export function serviceAddress(status: DeploymentStatus, service: string, url: string): string {
  if (!url.startsWith('/')) return url;
  const found = status.services.find(({ name }) => name === service);
  if (found === undefined) throw new Error(`the deployment reports no service called ${service}`);
  return new URL(url, found.url).href;
}
