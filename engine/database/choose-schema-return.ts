import type { Migration, Release } from '../release.ts';

/** What going back to a release means for the schema that is live. */
export type SchemaReturn =
  | {
      readonly kind: 'keep';
      readonly reason: string;
      /** Migrations that stay only because undoing them would lose what was written since. */
      readonly lossy?: readonly Migration[];
    }
  | { readonly kind: 'revert'; readonly migrations: readonly Migration[] }
  | { readonly kind: 'refuse'; readonly reason: string };

/**
 * Decides how the schema follows a rollback without losing a row (design, section 5). What the release runs on stays;
 * what it does not know is undone when undoing loses nothing; an expand migration whose undoing would lose rows stays,
 * because it suits the release before it by its kind; a contract migration cannot be undone without a person.
 * @param returnTo the release that will serve again.
 * @param applied the migrations that the promotion applied, ascending.
 */
export function chooseSchemaReturn(
  returnTo: Release,
  liveVersion: number,
  applied: readonly Migration[],
  acceptsDataLoss: boolean,
): SchemaReturn {
  if (applied.length === 0) return { kind: 'keep', reason: 'no migration ran' };
  const range = returnTo.content.database?.schemaRange;
  if (range !== undefined && liveVersion >= range.min && liveVersion <= range.max) {
    return { kind: 'keep', reason: `${returnTo.name} runs on schema ${String(liveVersion)}` };
  }
  const unknown = applied.filter((migration) => migration.version > (range?.max ?? 0));
  const isReversible = unknown.every((migration) => migration.down !== undefined);
  if (isReversible && (acceptsDataLoss || unknown.every((migration) => !migration.downLosesData))) {
    return { kind: 'revert', migrations: unknown };
  }
  const names = unknown.map((migration) => String(migration.version)).join(', ');
  if (unknown.every((migration) => migration.kind === 'expand')) {
    const reason = `undoing migration ${names} would lose rows; ${returnTo.name} runs beside it`;
    return { kind: 'keep', reason, lossy: unknown };
  }
  return { kind: 'refuse', reason: `migration ${names} cannot be undone without losing rows` };
}
