import type { Scope } from '../authorization.ts';
import { EnvironmentNames } from '../rules/environment-names.ts';
import type { Rules } from '../rules/schema.ts';
import { readableRules } from './readable-rules.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError, UnknownNameError } from './service-errors.ts';

/**
 * The name of an application that the rules list or that was released before. Rules that cannot be read hide nothing
 * that is stored: they refuse a promotion, never a look or a rollback.
 * @throws UnknownNameError; NotFoundError for `*`
 */
export async function knownApplication(context: ServiceContext, word: string): Promise<string> {
  refuseEvery('application', word);
  refuseUnprintable('application', word);
  const rules = await readableRules(context);
  const listed = rules?.applications.map(({ name }) => name) ?? [];
  if (listed.includes(word)) return word;
  if (await context.store.hasApplication(word)) return word;
  const stored = await context.store.applicationNames();
  throw new UnknownNameError('application', word, [...new Set([...listed, ...stored])]);
}

/**
 * What somebody names, as the rules call it, for asking whether he may before anything is told of what there is: words that
 * mean nothing are passed on as they are.
 */
export async function namedPlace(
  context: Pick<ServiceContext, 'rules'>,
  {
    application = '*',
    environment = '*',
  }: { readonly application?: string | undefined; readonly environment?: string | undefined },
): Promise<Scope> {
  const names = new EnvironmentNames((await readableRules(context))?.environments ?? []);
  return { application, environment: names.resolve(environment) ?? environment };
}

/**
 * The name of an environment that the rules list, by name or alias, or into which something was promoted before.
 * @throws UnknownNameError; NotFoundError for `*`
 */
export async function knownEnvironment(context: ServiceContext, word: string): Promise<string> {
  refuseEvery('environment', word);
  refuseUnprintable('environment', word);
  const names = new EnvironmentNames((await readableRules(context))?.environments ?? []);
  const resolved = names.resolve(word);
  if (resolved !== undefined) return resolved;
  const stored = await context.store.environmentNames();
  if (stored.includes(word)) return word;
  throw new UnknownNameError('environment', word, [...new Set([...names.names(), ...stored])], names.words());
}

/**
 * The name of an environment that the rules list now, by name or alias.
 * @throws UnknownNameError; NotFoundError for `*`
 */
export function ruledEnvironment(rules: Rules, word: string): string {
  refuseEvery('environment', word);
  refuseUnprintable('environment', word);
  const names = new EnvironmentNames(rules.environments);
  const resolved = names.resolve(word);
  if (resolved !== undefined) return resolved;
  throw new UnknownNameError('environment', word, names.names(), names.words());
}

/**
 * `*` asks for nothing in particular, which somebody may who sees a part of what there is: he is told of no name.
 * @throws NotFoundError
 */
function refuseEvery(kind: 'application' | 'environment', word: string): void {
  if (word === '*')
    throw new NotFoundError(`there is no ${kind} *; name one, or leave it out where every one is meant`);
}
