import type { Rules } from '../../engine/rules/schema.ts';
import type { EnvironmentState, ServiceStore } from '../../engine/store/service-store.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { Session } from '../session.ts';
import type { LocalFolders } from './local-folders.ts';
import { causeWithOriginal } from '../../engine/wording/cause-text.ts';

/** What `promote doctor` looks at. */
export interface DoctorWorld extends Pick<Session, 'service' | 'actor'> {
  readonly store: ServiceStore;
  readonly rules: Rules;
  readonly ports: Ports;
  readonly folders: LocalFolders;
  readonly now: Date;
}

/** Longer than anything here takes where all is well; the next look follows then. */
export const lookTimeoutMs = 15_000;

/** The environments in which something of an application of the rules runs, in the order of the rules. */
export async function runningPlaces({ store, rules }: DoctorWorld): Promise<readonly EnvironmentState[]> {
  const order = rules.environments.map(({ name }) => name);
  const applications = rules.applications.map(({ name }) => name);
  const states = await store.environments();
  return states
    .filter(
      ({ application, name, release }) =>
        release !== undefined && applications.includes(application) && order.includes(name),
    )
    .toSorted((left, right) => order.indexOf(left.name) - order.indexOf(right.name));
}

export function reasonOf(error: unknown): string {
  return causeWithOriginal(error);
}
