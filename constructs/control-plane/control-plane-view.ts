import type { ControlPlaneNames } from '../naming/names.ts';

/**
 * An installation as a pair sees it. In its own stack these are attributes, which order what is deployed; from another
 * stack they are names and addresses that follow from them, since CDKTF deploys no stack without those it refers to.
 */
export interface ControlPlaneView {
  readonly uiUrl: string;
  readonly workerUrl: string;
  readonly migrationFunctionUrl: string;
  /** `projects/…/locations/…/triggers/…`; Cloud Build takes the name in place of the id. */
  readonly triggerId: string;
  readonly runnerEmail: string;
  readonly uiEmail: string;
  readonly workerEmail: string;
  /** The account that Scheduler calls the worker as. */
  readonly callerEmail: string;
}

/** Where an installation is, for pairs that are deployed from elsewhere. */
export interface ControlPlaneAddress {
  readonly names: ControlPlaneNames;
  readonly projectId: string;
  readonly region: string;
}

/** @param projectNumber digits, which the addresses of Cloud Run services hold. */
export function viewByNames(
  { names, projectId, region }: ControlPlaneAddress,
  projectNumber: string,
): ControlPlaneView {
  const urlOf = (component: 'ui' | 'worker'): string =>
    `https://${names.service(component)}-${projectNumber}.${region}.run.app`;
  return {
    uiUrl: urlOf('ui'),
    workerUrl: urlOf('worker'),
    migrationFunctionUrl: `https://${region}-${projectId}.cloudfunctions.net/${names.migrationFunction}`,
    triggerId: `projects/${projectId}/locations/${region}/triggers/${names.trigger}`,
    runnerEmail: names.accountEmail('runner'),
    uiEmail: names.accountEmail('ui'),
    workerEmail: names.accountEmail('worker'),
    callerEmail: names.accountEmail('caller'),
  };
}
