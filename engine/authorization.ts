import type { Actor, Role } from './workflow/actor.ts';

/** Everything that can be asked of the service. */
export const commands = [
  'read',
  'run',
  'approve',
  'reject',
  'cancel',
  'retry',
  'rollback',
  'create-release',
  'add-evidence',
  'adopt',
  'verify-audit',
  'bind-role',
  'tick',
  'note',
  'close-item',
  'force',
  'skip-validation',
  'auto-approve',
  'override-freeze',
  'hotfix',
  'hold',
  'freeze',
  'waive',
  'mark-bad',
  'resume',
  'confirm-rollback',
  'export-audit',
  'move-clock',
  'test-environment',
  'redirect-configuration',
  'prune-audit',
] as const;
export type Command = (typeof commands)[number];

/** Which role may ask for what. The only place that says so; a test tries every pair. */
export const authorizationMatrix: Readonly<Record<Command, readonly Role[]>> = {
  read: ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  run: ['promoter', 'operator', 'admin'],
  approve: ['approver'],
  reject: ['approver'],
  cancel: ['promoter', 'operator', 'admin'],
  retry: ['operator', 'admin'],
  rollback: ['operator', 'admin'],
  'create-release': ['promoter', 'operator', 'admin'],
  'add-evidence': ['promoter', 'operator', 'admin'],
  adopt: ['operator', 'admin'],
  'verify-audit': ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  'bind-role': ['admin'],
  tick: ['promoter', 'approver', 'operator', 'admin'],
  note: ['promoter', 'approver', 'operator', 'admin'],
  'close-item': ['promoter', 'operator', 'admin'],
  // Setting a rule aside also needs a rule that allows it, which names who may (engine/rules).
  force: ['operator', 'admin'],
  'skip-validation': ['operator', 'admin'],
  'auto-approve': ['promoter', 'operator', 'admin'],
  'override-freeze': ['operator', 'admin'],
  hotfix: ['promoter', 'operator', 'admin'],
  hold: ['operator', 'admin'],
  freeze: ['operator', 'admin'],
  waive: ['approver', 'admin'],
  'mark-bad': ['operator', 'admin'],
  resume: ['operator', 'admin'],
  'confirm-rollback': ['operator', 'admin'],
  'export-audit': ['viewer', 'promoter', 'approver', 'operator', 'admin'],
  'move-clock': ['admin'],
  // Runs the team's own commands, and brings services wrong tokens.
  'test-environment': ['promoter', 'operator', 'admin'],
  // Where configuration comes from decides what runs.
  'redirect-configuration': ['operator', 'admin'],
  'prune-audit': ['admin'],
};

/** The actor may not do this; nothing was done. */
export class NotAuthorizedError extends Error {
  override readonly name = 'NotAuthorizedError';
}

export interface RoleSource {
  roleBindings(
    subject: string,
  ): Promise<readonly { readonly role: string; readonly application: string; readonly environment: string }[]>;
}

/** What a command is about; `*` for commands about no single application or environment. */
export interface Scope {
  readonly application: string;
  readonly environment: string;
}

/** Decides by the matrix, the actor's own roles and the bindings in the store. */
export class Authorizer {
  readonly #roles: RoleSource;
  readonly #acceptsUnverified: boolean;

  /** @param acceptsUnverified only in local mode, where whoever can open the database can do anything anyway. */
  constructor(roleSource: RoleSource, acceptsUnverified: boolean) {
    this.#roles = roleSource;
    this.#acceptsUnverified = acceptsUnverified;
  }

  /** @throws NotAuthorizedError */
  async require(actor: Actor, command: Command, scope: Scope): Promise<void> {
    this.requireIdentity(actor);
    const held = await this.rolesOf(actor, scope);
    if (isAuthorized(held, command)) return;
    const allowed = authorizationMatrix[command];
    const has = held.length === 0 ? 'no role' : `the role ${held.join(', ')}`;
    throw new NotAuthorizedError(
      `${actor.id} has ${has} for ${scope.application} in ${scope.environment}; ${commandText(command)} needs ${allowed.join(' or ')}. Ask an admin for it.`,
    );
  }

  /**
   * For whoever a promotion itself names: that is the permission, but somebody must vouch for the identity.
   * @throws NotAuthorizedError
   */
  requireIdentity(actor: Actor): void {
    if (actor.verified || this.#acceptsUnverified) return;
    throw new NotAuthorizedError(`${actor.id} is not verified; sign in, then try again`);
  }

  /** The roles that the identity brings and those that are bound, the rules' own (`sre`, `cab`) among them. */
  async rolesOf(actor: Actor, scope: Scope): Promise<readonly string[]> {
    return rolesIn(await this.bindingsOf(actor), actor, scope);
  }

  /** Which roles are bound to somebody, and where. */
  bindingsOf(actor: Actor): ReturnType<RoleSource['roleBindings']> {
    return this.#roles.roleBindings(actor.id);
  }
}

/** The roles that somebody has in a scope: those that the identity brings, and those of the bindings. */
export function rolesIn(
  bindings: Awaited<ReturnType<RoleSource['roleBindings']>>,
  actor: Actor,
  scope: Scope,
): readonly string[] {
  const bound = bindings
    .filter(
      (binding) => covers(binding.application, scope.application) && covers(binding.environment, scope.environment),
    )
    .map((binding) => binding.role);
  return [...new Set([...actor.roles, ...bound])];
}

/** Whether roles suffice for a command. */
export function isAuthorized(held: readonly string[], command: Command): boolean {
  const allowed: readonly string[] = authorizationMatrix[command];
  return held.some((role) => allowed.includes(role));
}

/** As people say it, where the command's own name is no word that anybody typed. */
function commandText(command: Command): string {
  return command === 'read' ? 'looking at it' : command;
}

function covers(bound: string, asked: string): boolean {
  return bound === '*' || bound === asked;
}
