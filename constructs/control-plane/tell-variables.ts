import { Lazy } from 'cdktf';
import { runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import type { PromotionControlPlane } from '../promotion-control-plane.ts';
import type { ControlPlaneOptions } from './control-plane-options.ts';

/** What a pair tells its installation. */
export interface PairRegistration {
  /** `staging-to-prod`. */
  readonly path: string;
  readonly rules: RulesInput | undefined;
  /** Topic of its events, in full; absent: notifications are off. */
  readonly eventTopic: string | undefined;
  readonly artifactBucket: string;
}

/**
 * Tells each program of an installation what it has to know, and nothing that another one has to.
 * @param auditBucket its name; undefined: the archive is off.
 * @param pairs those that have joined when the app is synthesised.
 */
export function tellVariables(
  plane: PromotionControlPlane,
  options: ControlPlaneOptions,
  auditBucket: string | undefined,
  pairs: () => readonly PairRegistration[],
): void {
  const everybody = {
    [runtimeVariables.installation]: plane.names.installation,
    [runtimeVariables.project]: plane.projectId,
    [runtimeVariables.region]: plane.region,
  };
  const byPath = (valueOf: (pair: PairRegistration) => string | undefined): string =>
    Lazy.stringValue({ produce: () => objectByPath(pairs(), valueOf) });
  const engine = {
    ...everybody,
    [runtimeVariables.rules]: plane.rulesObject.address,
    [runtimeVariables.runTopic]: plane.runTopic.fullName,
    [runtimeVariables.eventTopics]: byPath(({ eventTopic }) => eventTopic),
    [runtimeVariables.artifactBuckets]: byPath(({ artifactBucket }) => artifactBucket),
    ...(auditBucket === undefined ? {} : { [runtimeVariables.auditBucket]: auditBucket }),
  };
  plane.ui.addVariables({ ...engine, ...plane.stateDatabase.variablesOf(plane.ui.account) });
  plane.worker.addVariables({
    ...engine,
    ...plane.stateDatabase.variablesOf(plane.worker.account),
    [runtimeVariables.uiUrl]: plane.ui.url,
    [runtimeVariables.trustedCallers]: plane.workerCalls.account.email,
  });
  plane.hooks.addVariables({ ...everybody, [runtimeVariables.hooksTopic]: plane.hooksTopic.fullName });
  plane.runner.addVariables({
    ...engine,
    ...plane.stateDatabase.variablesOf(plane.runner.account),
    [runtimeVariables.uiUrl]: plane.ui.url,
    [runtimeVariables.migrationFunction]: plane.migrationFunction.url,
    ...clusterVariables(options),
  });
}

function objectByPath(
  pairs: readonly PairRegistration[],
  valueOf: (pair: PairRegistration) => string | undefined,
): string {
  const entries = pairs.flatMap((pair) => {
    const value = valueOf(pair);
    return value === undefined ? [] : [[pair.path, value] as const];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

function clusterVariables({ clusterAccess, argocdServer }: ControlPlaneOptions): Readonly<Record<string, string>> {
  return {
    ...(clusterAccess === undefined
      ? {}
      : {
          [runtimeVariables.clusterAccess]: clusterAccess.kind,
          [runtimeVariables.clusterAddress]:
            clusterAccess.kind === 'connect-gateway' ? clusterAccess.membership : clusterAccess.endpoint,
        }),
    ...(argocdServer === undefined ? {} : { [runtimeVariables.argocdServer]: argocdServer }),
  };
}
