import { NotAuthorizedError, type Scope } from '../authorization.ts';
import { pathsInto } from '../rules/paths-into.ts';
import type { Rules } from '../rules/schema.ts';
import type { Actor } from '../workflow/actor.ts';
import { compilePeople } from '../workflow/compile-people.ts';
import { scopeOf } from './complete-request.ts';
import { isAsked } from './decide-approval.ts';
import type { ServiceContext } from './service-context.ts';
import { isForSomeItem } from './tick-item.ts';

type LookContext = Pick<ServiceContext, 'authorizer' | 'rules'>;

/** What somebody may see of what is told about several environments. */
export interface Outlook {
  /** Undefined: of every application. */
  readonly application: string | undefined;
  readonly environments: ReadonlySet<string>;
}

/**
 * Whoever has a role that may look may look, and so may whoever the rules ask to approve or to tick in an environment,
 * there: nobody can decide about what he cannot see.
 * @param scope with `*` for the environment: what an application has in common, which is for whoever is asked anywhere.
 * @returns what of it he may see; undefined: all of it.
 * @throws NotAuthorizedError
 */
export async function requireToLook(context: LookContext, actor: Actor, scope: Scope): Promise<Outlook | undefined> {
  try {
    await context.authorizer.require(actor, 'read', scope);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotAuthorizedError)) throw error;
    context.authorizer.requireIdentity(actor);
    const outlook = await askedIn(context, actor, scope);
    if (outlook.environments.size === 0) throw error;
    return outlook;
  }
}

/** The same for what is told as a whole, which whoever may see only a part of it does not get. @throws NotAuthorizedError */
export async function requireToLookAtAll(context: LookContext, actor: Actor, scope: Scope): Promise<void> {
  const isOnePlace = scope.application !== '*' && scope.environment !== '*';
  if (isOnePlace) await requireToLook(context, actor, scope);
  else await context.authorizer.require(actor, 'read', scope);
}

async function askedIn(context: LookContext, actor: Actor, scope: Scope): Promise<Outlook> {
  const environments = new Set<string>();
  const rules = await readableRules(context);
  if (rules === undefined) return { application: undefined, environments };
  const [ofApplication, ofEnvironment] = [scope.application, scope.environment].map((name) =>
    name === '*' ? undefined : name,
  );
  const { application, environment } = scopeOf(rules, ofApplication, ofEnvironment);
  const places = environment === '*' ? rules.environments.map(({ name }) => name) : [environment];
  for (const place of places) {
    const held = await context.authorizer.rolesOf(actor, { application, environment: place });
    const asks = pathsInto(rules, place).some((path) => {
      const definition = compilePeople(rules, path);
      return isAsked({ definition }, actor, held) || isForSomeItem({ definition }, actor, held);
    });
    if (asks) environments.add(place);
  }
  return { application: application === '*' ? undefined : application, environments };
}

/** Rules that are wrong ask nobody for anything, and keep nobody with a role from looking. */
async function readableRules({ rules }: LookContext): Promise<Rules | undefined> {
  try {
    return await rules.current();
  } catch {
    return undefined;
  }
}
