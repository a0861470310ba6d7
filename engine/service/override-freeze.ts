import type { Path, Rules } from '../rules/schema.ts';
import type { Actor } from '../workflow/actor.ts';
import type { Override } from '../workflow/override.ts';
import { storable } from '../workflow/storable.ts';
import type { GrantingContext } from './overrides.ts';
import { RefusedError } from './service-errors.ts';

/**
 * The record of a person's setting freezes aside for one promotion. It needs the permission, a reason, and a rule of the
 * path that names the person; holds are never set aside.
 * @throws NotAuthorizedError, RefusedError
 */
export async function overrideOfFreezes(
  context: GrantingContext,
  actor: Actor,
  rules: Rules,
  path: Path,
  request: { readonly application: string; readonly reason?: string | undefined },
): Promise<Override> {
  const scope = { application: request.application, environment: path.to };
  await context.authorizer.require(actor, 'override-freeze', scope);
  const reason = (request.reason ?? '').trim();
  if (reason === '') throw new RefusedError('say why it must move during a freeze, with --reason');
  const { roles, people } = path.freezeOverride;
  const held: readonly string[] = await context.authorizer.rolesOf(actor, scope);
  const listed = (rules.roles ?? []).filter(({ name }) => roles.includes(name)).flatMap((role) => role.people);
  const isNamed = [...people, ...listed].some((person) => person.toLowerCase() === actor.id.toLowerCase());
  if (!isNamed && !roles.some((role) => held.includes(role))) {
    const allowed = [...roles.map((role) => `the role ${role}`), ...people];
    const who = allowed.length === 0 ? 'nobody' : `only ${allowed.join(' and ')}`;
    throw new RefusedError(
      `the rules let ${who} override freezes on ${path.from} → ${path.to}, by freezeOverride; ${actor.id} is not among them`,
    );
  }
  return { kind: 'freeze-override', by: actor.id, reason: storable(reason), at: context.clock.now().toISOString() };
}
