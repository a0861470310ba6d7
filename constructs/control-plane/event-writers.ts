import type { ControlPlaneNames } from '../naming/names.ts';

/** The Cloud Run services that write events: lines of Cloud Build are text to Cloud Logging, and no fields. */
export function eventWriters(names: ControlPlaneNames): readonly string[] {
  return [names.service('ui'), names.service('worker')];
}
