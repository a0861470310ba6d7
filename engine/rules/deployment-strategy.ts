import { z } from 'zod';

/**
 * How a release takes the place of another one.
 * - `rolling`: each service is started anew beside itself, then gets the requests.
 * - `recreate`: everything is stopped first, for releases that cannot run beside each other.
 * - `blue-green`: the whole release runs beside, is looked at, and gets all requests at once; what it follows is kept
 *   until the release is verified.
 */
export const deploymentStrategies = ['rolling', 'recreate', 'blue-green'] as const;
export const deploymentStrategySchema = z.enum(deploymentStrategies);
export type DeploymentStrategy = z.infer<typeof deploymentStrategySchema>;

/** What the path says, or else what is said of its target. */
export function deploymentStrategyOf(
  environments: readonly { readonly name: string; readonly deploymentStrategy: DeploymentStrategy }[],
  path: { readonly to: string; readonly deploymentStrategy?: DeploymentStrategy | undefined },
): DeploymentStrategy {
  const target = environments.find(({ name }) => name === path.to);
  return path.deploymentStrategy ?? target?.deploymentStrategy ?? 'rolling';
}
