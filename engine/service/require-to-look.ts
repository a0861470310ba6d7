import { isAuthorized, rolesIn, type RoleSource, type Scope } from '../authorization.ts';
import { EnvironmentNames } from '../rules/environment-names.ts';
import { pathsInto } from '../rules/paths-into.ts';
import type { Rules } from '../rules/schema.ts';
import { commonPlace, type SeenPlace, type Sight } from '../store/sight.ts';
import type { Actor } from '../workflow/actor.ts';
import { compilePeople } from '../workflow/compile-people.ts';
import { isAsked } from './decide-approval.ts';
import { readableRules } from './readable-rules.ts';
import type { ServiceContext } from './service-context.ts';
import { isForSomeItem } from './tick-item.ts';

type LookContext = Pick<ServiceContext, 'authorizer' | 'rules'>;
type Bindings = Awaited<ReturnType<RoleSource['roleBindings']>>;

/**
 * Whoever has a role that may look may look, where he has it, and so may whoever the rules ask to approve or to tick in an
 * environment, there: nobody can decide about what he cannot see.
 * @param scope with `*` for what is told of every application or environment, as far as he may see it.
 * @returns what of it he may see; undefined: all of it.
 * @throws NotAuthorizedError when that is nothing.
 */
export async function requireToLook(context: LookContext, actor: Actor, scope: Scope): Promise<Sight> {
  const { authorizer } = context;
  authorizer.requireIdentity(actor);
  const bindings = await authorizer.bindingsOf(actor);
  if (mayRead(bindings, actor, scope)) return undefined;
  // Rules that are wrong ask nobody for anything, and keep nobody with a role from looking.
  const rules = await readableRules(context);
  const asked = resolved(rules, scope);
  if (mayRead(bindings, actor, asked)) return undefined;
  const places = [...boundPlaces(bindings, asked), ...placesOfRules(rules, actor, bindings, asked)];
  // Says which role is missing.
  if (places.length === 0) await authorizer.require(actor, 'read', scope);
  return places;
}

function mayRead(bindings: Bindings, actor: Actor, scope: Scope): boolean {
  return isAuthorized(rolesIn(bindings, actor, scope), 'read');
}

/** Environments may be asked for by their aliases; bindings and what is stored have their names. */
function resolved(rules: Rules | undefined, scope: Scope): Scope {
  if (rules === undefined || scope.environment === '*') return scope;
  return {
    ...scope,
    environment: new EnvironmentNames(rules.environments).resolve(scope.environment) ?? scope.environment,
  };
}

function boundPlaces(bindings: Bindings, scope: Scope): readonly SeenPlace[] {
  return bindings
    .filter(({ role }) => isAuthorized([role], 'read'))
    .flatMap((binding) => commonPlace(binding, scope) ?? []);
}

/** Where the rules ask somebody for something. Rules that cannot be read ask nobody. */
function placesOfRules(
  rules: Rules | undefined,
  actor: Actor,
  bindings: Bindings,
  { application, environment }: Scope,
): readonly SeenPlace[] {
  if (rules === undefined) return [];
  // A role that is bound for one application is asked there alone; people whom the rules name are asked in all.
  const applications =
    application === '*' ? ['*', ...new Set(bindings.map((binding) => binding.application))] : [application];
  const environments = environment === '*' ? rules.environments.map(({ name }) => name) : [environment];
  return environments.flatMap((place) => {
    const people = pathsInto(rules, place).map((path) => compilePeople(rules, path));
    if (people.length === 0) return [];
    const isAskedFor = (name: string): boolean => {
      const held = rolesIn(bindings, actor, { application: name, environment: place });
      return people.some(
        (definition) => isAsked({ definition }, actor, held) || isForSomeItem({ definition }, actor, held),
      );
    };
    if (isAskedFor('*')) return [{ application, environment: place }];
    return [...new Set(applications)].filter(isAskedFor).map((name) => ({ application: name, environment: place }));
  });
}
