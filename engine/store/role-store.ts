import type { AdministrationEvent } from './administration-store.ts';

/** Gives a person a role, for an application and an environment or for all of them. */
export interface RoleBinding {
  /** A person's or a machine's id, compared as it is written. */
  readonly subject: string;
  /** A role of the engine, or one of the rules (`sre`, `cab`). */
  readonly role: string;
  /** An application's name, or `*`. */
  readonly application: string;
  /** An environment's name, or `*`. */
  readonly environment: string;
}

/** Who has which role, beside what identities bring and what the rules list. */
export interface RoleStore {
  roleBindings(subject: string): Promise<readonly RoleBinding[]>;
  /** By role, then by person. */
  allRoleBindings(): Promise<readonly RoleBinding[]>;
  bindRole(binding: RoleBinding, event: AdministrationEvent): Promise<void>;
  /** @returns whether there was such a binding; without one nothing is written. */
  unbindRole(binding: RoleBinding, event: AdministrationEvent): Promise<boolean>;
}
