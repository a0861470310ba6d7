import type { Command, Scope } from '../authorization.ts';
import type { Actor } from '../workflow/actor.ts';
import { personKey } from '../workflow/approvals.ts';
import type { Definition, OverrideRules, PeopleRule } from '../workflow/definition.ts';
import type { Override } from '../workflow/override.ts';
import { storable } from '../workflow/storable.ts';
import type { AdmissionContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

/** What decides whether rules may be set aside, and when that was. */
export type GrantingContext = Pick<AdmissionContext, 'authorizer' | 'clock'>;

/** What of the rules a request wants set aside. */
export interface OverrideWishes {
  /** Goes on although gates fail. */
  readonly forces?: boolean;
  /** Goes on without gates being judged. */
  readonly skipsValidation?: boolean;
  /** Brings its own approval; where it may not, it waits for approval as any other. */
  readonly autoApproves?: boolean;
  /** Why it moves although it is ready only with caution; whoever may ask for a promotion may say so. */
  readonly acknowledges?: string | undefined;
}

export interface GrantedOverrides {
  readonly overrides: readonly Override[];
  /** Why the request does not bring its own approval though it asked to; undefined: it does, or did not ask. */
  readonly declined: string | undefined;
}

type Overridden = keyof OverrideRules;

/** How each is asked for, and which setting of a path allows it. */
const words: Readonly<Record<Overridden, { readonly command: Command; readonly does: string; readonly rule: string }>> =
  {
    force: { command: 'force', does: 'overrule failed validation', rule: 'force' },
    'skip-validation': { command: 'skip-validation', does: 'skip validation', rule: 'skipValidation' },
    'auto-approve': { command: 'auto-approve', does: 'approve by asking', rule: 'approvals.mayAutoApprove' },
  };

/**
 * The records of what a request sets aside. Each needs the permission, a reason, and a rule of the path that names
 * whoever asks. One that may not bring its own approval is not refused: it waits for approval.
 * @throws NotAuthorizedError, RefusedError
 */
export async function grantOverrides(
  context: GrantingContext,
  actor: Actor,
  scope: Scope,
  definition: Definition,
  request: OverrideWishes & { readonly reason?: string | undefined },
): Promise<GrantedOverrides> {
  const overrides: Override[] = [];
  const { reason } = request;
  if (request.forces === true) {
    overrides.push(await grantOverride(context, actor, scope, definition, 'force', reason));
  }
  if (request.skipsValidation === true) {
    overrides.push(await grantOverride(context, actor, scope, definition, 'skip-validation', reason));
  }
  if (request.acknowledges !== undefined) {
    overrides.push(acknowledgement(context, actor, definition, request.acknowledges));
  }
  if (request.autoApproves !== true || definition.approvalStages.length === 0) {
    return { overrides, declined: undefined };
  }
  const declined = await whyNotAllowed(context, actor, scope, definition, 'auto-approve', reason);
  if (declined === undefined) overrides.push(recordOf(context, actor, 'auto-approve', reason));
  return { overrides, declined };
}

/**
 * The record of somebody who knows that a release is ready only with caution, and moves it.
 * @throws RefusedError without a reason, and where readiness is not demanded.
 */
export function acknowledgement(
  context: GrantingContext,
  actor: Actor,
  { gates, source, target }: Definition,
  reason: string,
): Override {
  if (!gates.some(({ gate }) => gate === 'readiness')) {
    throw new RefusedError(
      `${source.name} → ${target.name} demands no readiness, so there is nothing to acknowledge; leave --acknowledge out`,
    );
  }
  if (reason.trim() === '') throw new RefusedError('say why it moves with caution: --acknowledge <reason>');
  return recordOf(context, actor, 'acknowledge', reason);
}

/** @throws NotAuthorizedError, RefusedError saying what would allow it. */
export async function grantOverride(
  context: GrantingContext,
  actor: Actor,
  scope: Scope,
  definition: Definition,
  kind: Overridden,
  reason: string | undefined,
): Promise<Override> {
  await context.authorizer.require(actor, words[kind].command, scope);
  const why = await whyNotAllowed(context, actor, scope, definition, kind, reason);
  if (why !== undefined) throw new RefusedError(why);
  return recordOf(context, actor, kind, reason);
}

async function whyNotAllowed(
  context: GrantingContext,
  actor: Actor,
  scope: Scope,
  definition: Definition,
  kind: Overridden,
  reason: string | undefined,
): Promise<string | undefined> {
  const { does, rule } = words[kind];
  const place = `${definition.source.name} → ${definition.target.name}`;
  const { people, roles } = definition.mayOverride?.[kind] ?? { people: [], roles: [] };
  const held = await context.authorizer.rolesOf(actor, scope);
  if (!isNamedIn({ people, roles }, actor, held)) {
    const allowed = [...roles.map((role) => `the role ${role}`), ...people];
    const who = allowed.length === 0 ? 'nobody' : `only ${allowed.join(' and ')}`;
    return `the rules let ${who} ${does} on ${place} (${rule}); ${actor.id} is not among them`;
  }
  if ((reason ?? '').trim() === '') return `say why with --reason: to ${does} needs one`;
  return undefined;
}

/** Whether a rule names somebody, or a role that he holds. */
export function isNamedIn({ people, roles }: PeopleRule, actor: Actor, held: readonly string[]): boolean {
  const key = personKey(actor.id);
  return people.some((person) => personKey(person) === key) || roles.some((role) => held.includes(role));
}

function recordOf(
  context: GrantingContext,
  actor: Actor,
  kind: Overridden | 'acknowledge',
  reason: string | undefined,
): Override {
  return { kind, by: actor.id, reason: storable((reason ?? '').trim()), at: context.clock.now().toISOString() };
}
