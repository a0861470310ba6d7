import type { ServiceTarget } from '../workflow/definition.ts';

/** Slowest answers of the guides: frontends within five seconds, everything else within two. */
const ofKind: Readonly<Record<ServiceTarget['kind'], number>> = { frontend: 5000, api: 2000, worker: 2000 };

/** The longest that a service may take to answer, in milliseconds: its own bound, else that of its kind. */
export function slowestAnswerMs({
  kind,
  maximumResponseTimeSeconds,
}: Pick<ServiceTarget, 'kind' | 'maximumResponseTimeSeconds'>): number {
  return maximumResponseTimeSeconds === undefined ? ofKind[kind] : maximumResponseTimeSeconds * 1000;
}
