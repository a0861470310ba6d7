import { Lazy, Token } from 'cdktf';
import { runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import { areEqual, chosen, not, type Condition, type Decidable } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { reachOf } from './cluster-reach.ts';
import type { PromotionControlPlane } from '../promotion-control-plane.ts';
import type { ControlPlaneOptions } from './control-plane-options.ts';

/** What a pair tells its installation. */
export interface PairRegistration {
  /** `staging-to-prod`. */
  readonly path: string;
  readonly rules: RulesInput | undefined;
  /** Topic of its events, in full. */
  readonly eventTopic: string;
  /** Whether it tells of events there. */
  readonly tellsEvents: Condition;
  readonly artifactBucket: string;
}

/**
 * Tells each program of an installation what it has to know, and nothing that another one has to.
 * @param auditBucket of the archive, and whether there is one.
 * @param pairs those that have joined when the app is synthesised.
 */
export function tellVariables(
  plane: PromotionControlPlane,
  options: Decidable<ControlPlaneOptions>,
  auditBucket: { readonly name: string | undefined; readonly isOn: Condition },
  pairs: () => readonly PairRegistration[],
): void {
  const everybody = {
    [runtimeVariables.installation]: plane.names.installation,
    [runtimeVariables.project]: plane.projectId,
    [runtimeVariables.region]: plane.region,
  };
  const engine = {
    ...everybody,
    [runtimeVariables.rules]: plane.rulesObject.address,
    [runtimeVariables.runTopic]: plane.runTopic.fullName,
    [runtimeVariables.artifactBuckets]: Lazy.stringValue({ produce: () => inOne(bucketsByPath(pairs())) }),
  };
  for (const program of [plane.ui, plane.worker, plane.runner]) {
    program.addVariables(engine);
    const { name, isOn } = auditBucket;
    if (name !== undefined) program.addVariables({ [runtimeVariables.auditBucket]: name }, isOn);
  }
  for (const program of [plane.worker, plane.runner]) {
    program.addVariables({
      [runtimeVariables.eventTopics]: Lazy.stringValue({ produce: () => inOne(topicsByPath(pairs())) }),
    });
  }
  plane.ui.addVariables(plane.stateDatabase.variablesOf(plane.ui.account));
  plane.worker.addVariables({
    ...plane.stateDatabase.variablesOf(plane.worker.account),
    [runtimeVariables.uiUrl]: plane.ui.url,
    [runtimeVariables.trustedCallers]: plane.workerCalls.account.email,
  });
  plane.hooks.addVariables({ ...everybody, [runtimeVariables.hooksTopic]: plane.hooksTopic.fullName });
  plane.runner.addVariables({
    ...plane.stateDatabase.variablesOf(plane.runner.account),
    [runtimeVariables.uiUrl]: plane.ui.url,
    [runtimeVariables.migrationFunction]: plane.migrationFunction.url,
  });
  const { isThere, kind, address } = reachOf(options.clusterAccess);
  plane.runner.addVariables(
    { [runtimeVariables.clusterAccess]: kind, [runtimeVariables.clusterAddress]: address },
    isThere,
  );
  const { argocdServer = '' } = options;
  plane.runner.addVariables({ [runtimeVariables.argocdServer]: argocdServer }, not(areEqual(argocdServer, '')));
}

/** @param telling those pairs that surely tell of events. */
function topicsByPath(pairs: readonly PairRegistration[], telling: readonly PairRegistration[] = []): string {
  const [first, ...rest] = pairs;
  if (first === undefined) {
    return JSON.stringify(Object.fromEntries(telling.map(({ path, eventTopic }) => [path, eventTopic])));
  }
  if (first.tellsEvents === false) return topicsByPath(rest, telling);
  const withIt = topicsByPath(rest, [...telling, first]);
  return first.tellsEvents === true ? withIt : chosen(first.tellsEvents, withIt, topicsByPath(rest, telling));
}

function bucketsByPath(pairs: readonly PairRegistration[]): string {
  return JSON.stringify(Object.fromEntries(pairs.map(({ path, artifactBucket }) => [path, artifactBucket])));
}

/** What is produced late gets into expressions too, where a text with tokens in it has to be one. */
function inOne(text: string): string {
  return Token.isUnresolved(text) ? hcl`${text}`.toString() : text;
}
