import type { EnvironmentReport, InspectionRequest } from './inspect-environment.ts';

/** What is wrong in an environment in which a release was found good, in words; none: nothing is. */
export function environmentTrouble(
  { deployment, services, database }: EnvironmentReport,
  { notDriven }: Pick<InspectionRequest, 'notDriven'>,
): readonly string[] {
  const sick = services.filter(({ health, isCritical }) => health === 'sick' && isCritical);
  return [
    ...deploymentTrouble(deployment, notDriven.deployment !== undefined),
    ...sick.map(({ service, trouble }) => `${service}: ${trouble ?? 'is sick'}`),
    ...(database === undefined || database.isReachable ? [] : [`${database.name}: ${database.why}`]),
  ];
}

function deploymentTrouble(deployment: EnvironmentReport['deployment'], isElsewhere: boolean): readonly string[] {
  // What this version never sees is no finding about the environment.
  if (!deployment.isKnown) return isElsewhere ? [] : [`the deployment: ${deployment.why}`];
  return deployment.phase === 'failed' ? [`the deployment: ${deployment.message ?? 'failed'}`] : [];
}
