import type { ReleaseNeeds } from '../release.ts';

/** What there is in a target, by name. Undefined: there is no such thing in that environment at all. */
export interface TargetContents {
  readonly missingConfiguration: readonly string[];
  readonly secrets: readonly string[];
  readonly flags: readonly string[] | undefined;
  readonly extensions:
    | {
        readonly installed: readonly string[];
        readonly available: readonly string[];
        /** Those that a migration of the release creates before it is needed. */
        readonly created: readonly string[];
      }
    | undefined;
}

/** Where people add what is missing, in words. */
export interface WhereToAdd {
  readonly environment: string;
  readonly configuration: string;
  readonly secrets: string;
  readonly flags: string;
  readonly database: string;
}

/** One line for each thing that a release needs and its target has not: what, where, and how to add it. */
export function missingNeeds(needs: ReleaseNeeds, target: TargetContents, where: WhereToAdd): readonly string[] {
  const { environment } = where;
  const without = (wanted: readonly string[], there: readonly string[]): readonly string[] =>
    wanted.filter((name) => !there.includes(name));
  return [
    ...target.missingConfiguration.map(
      (key) => `configuration ${key} is not set in ${environment}: add it to ${where.configuration}`,
    ),
    ...without(needs.secrets, target.secrets).map(
      (name) => `secret ${name} is not in ${environment}: add it to ${where.secrets}`,
    ),
    ...without(needs.flags, target.flags ?? []).map((key) =>
      target.flags === undefined
        ? `flag ${key} cannot be in ${environment}: the rules give it no flags`
        : `flag ${key} is not in ${environment}: add it to ${where.flags}, or define it in the release`,
    ),
    ...needs.extensions.flatMap((name) => missingExtension(name, target.extensions, where)),
  ];
}

function missingExtension(
  name: string,
  extensions: TargetContents['extensions'],
  { environment, database }: WhereToAdd,
): readonly string[] {
  if (extensions === undefined) {
    return [`extension ${name} cannot be in ${environment}: the rules give it no database`];
  }
  if (extensions.installed.includes(name)) return [];
  if (!extensions.available.includes(name)) {
    return [`extension ${name} is not on the server of ${database}: install it there, then create it in ${database}`];
  }
  if (extensions.created.includes(name)) return [];
  return [
    `extension ${name} is not in ${database}: run CREATE EXTENSION there as its owner, or in an expand migration of the release`,
  ];
}
