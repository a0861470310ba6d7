import type { RulesInput } from '../../engine/rules/schema.ts';

/** What the function calls the database of an environment; undefined when the rules name none, or one for each of several applications. */
export function databaseOf(rules: RulesInput | undefined, environment: string): string | undefined {
  const found = rules?.environments.find(
    ({ name, aliases }) => name === environment || aliases?.includes(environment) === true,
  );
  const template = found?.targets.database;
  if (found === undefined || template === undefined) return undefined;
  const named = template.replaceAll('<env>', found.name);
  if (!named.includes('<app>')) return named;
  const [application, ...others] = rules?.applications ?? [];
  return application === undefined || others.length > 0 ? undefined : named.replaceAll('<app>', application.name);
}
