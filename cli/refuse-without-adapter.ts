import { runtimeVariables, type RuntimeVariable } from '../engine/contract/runtime-variables.ts';
import { SetupError } from './setup-error.ts';

/** What an installation on Google Cloud tells its programs to use and this engine has no adapter for, in people's words. */
const withoutAdapter = {
  [runtimeVariables.stateInstance]: 'a state database in Cloud SQL',
  [runtimeVariables.rules]: 'rules in Cloud Storage',
  [runtimeVariables.runTopic]: 'run requests on Pub/Sub',
  [runtimeVariables.auditBucket]: 'an audit archive in Cloud Storage',
  [runtimeVariables.artifactBuckets]: 'artifacts in Cloud Storage',
  [runtimeVariables.eventTopics]: 'promotion events on Pub/Sub',
  [runtimeVariables.migrationFunction]: 'the deployed migration function',
  [runtimeVariables.clusterAccess]: 'a Kubernetes cluster of Google',
  [runtimeVariables.argocdServer]: 'an Argo CD server',
} as const satisfies Partial<Record<RuntimeVariable, string>>;

export type VariableWithoutAdapter = keyof typeof withoutAdapter;

/**
 * Refuses to begin where a program is told to use what it cannot reach, all of it at once.
 * @param names what the program would use.
 * @param program as the image's word names it.
 * @throws SetupError
 */
export function refuseWithoutAdapter(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly VariableWithoutAdapter[],
  { program, remedy }: { readonly program: string; readonly remedy: string },
): void {
  const told = names.filter((name) => (environment[name] ?? '') !== '');
  if (told.length === 0) return;
  const list = told.map((name) => `  ${name}: ${withoutAdapter[name]}`).join('\n');
  throw new SetupError(
    `this version has no adapter for what the installation tells its ${program} to use:\n${list}`,
    remedy,
  );
}
