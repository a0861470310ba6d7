import { EnvironmentNames } from '../rules/environment-names.ts';
import { personSchema } from '../rules/names.ts';
import { rolesNamedIn } from '../rules/roles-named.ts';
import type { Rules } from '../rules/schema.ts';
import type { RoleBinding } from '../store/role-store.ts';
import { isInSight } from '../store/sight.ts';
import { roles, type Actor } from '../workflow/actor.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, UnknownNameError } from './service-errors.ts';

const everywhere = { application: '*', environment: '*' } as const;

/** Who has which role. */
export interface RoleHolders {
  /** Bound here, by role, then by person. */
  readonly bindings: readonly RoleBinding[];
  /** Listed in the rules, for every application and environment. */
  readonly listed: readonly { readonly role: string; readonly people: readonly string[] }[];
}

/** Gives a person a role of the engine or of the rules; doing it again changes nothing. @returns what was bound. */
export async function bindRole(context: ServiceContext, actor: Actor, wanted: RoleBinding): Promise<RoleBinding> {
  await context.authorizer.require(actor, 'bind-role', everywhere);
  const rules = await context.rules.current();
  const binding = checkedBinding(rules, wanted);
  refuseUnknownRole(rules, binding.role);
  await context.store.bindRole(binding, {
    at: context.clock.now(),
    type: 'role-bound',
    actor,
    data: { ...binding },
  });
  return binding;
}

/** Takes a role back, also one that the rules no longer know. @throws NotFoundError when it is not bound. */
export async function unbindRole(context: ServiceContext, actor: Actor, wanted: RoleBinding): Promise<RoleBinding> {
  await context.authorizer.require(actor, 'bind-role', everywhere);
  const names = new EnvironmentNames((await context.rules.current()).environments);
  for (const what of ['subject', 'role', 'application', 'environment'] as const) refuseUnprintable(what, wanted[what]);
  const binding = { ...wanted, environment: names.resolve(wanted.environment) ?? wanted.environment };
  const event = { at: context.clock.now(), type: 'role-unbound', actor, data: { ...binding } };
  if (await context.store.unbindRole(binding, event)) return binding;
  const { subject, role, application, environment } = binding;
  throw new NotFoundError(
    `${subject} is not bound to ${role} for ${application} in ${environment}; promote role list shows who is`,
  );
}

/** Of the bindings those that reach into what whoever asks may see. @throws NotAuthorizedError */
export async function listRoles(context: ServiceContext, actor: Actor): Promise<RoleHolders> {
  const sight = await requireToLook(context, actor, everywhere);
  const rules = await context.rules.current();
  const bindings = await context.store.allRoleBindings();
  return {
    bindings: bindings.filter(({ application, environment }) => isInSight(sight, application, environment)),
    listed: (rules.roles ?? []).map(({ name, people }) => ({ role: name, people })),
  };
}

function checkedBinding(rules: Rules, { subject, role, application, environment }: RoleBinding): RoleBinding {
  if (!personSchema.safeParse(subject).success) {
    throw new RefusedError(`${subject} is no person's id: it must be an e-mail address or an account name`);
  }
  if (application !== '*' && !rules.applications.some(({ name }) => name === application)) {
    throw new UnknownNameError('application', application, [...rules.applications.map(({ name }) => name), '*']);
  }
  const names = new EnvironmentNames(rules.environments);
  const place = environment === '*' ? '*' : names.resolve(environment);
  if (place === undefined)
    throw new UnknownNameError('environment', environment, [...names.names(), '*'], names.words());
  return { subject, role, application, environment: place };
}

/** A role that nothing asks for is a mistyped one. */
function refuseUnknownRole(rules: Rules, role: string): void {
  const known = [...new Set<string>([...roles, ...rolesNamedIn(rules)])];
  if (!known.includes(role)) throw new UnknownNameError('role', role, known);
}
