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

/** What somebody wishes of the schema, beyond that the release can run on it. */
export interface SchemaWish {
  /** What was written since may be lost. Default: it may not. */
  readonly acceptsDataLoss?: boolean;
  /** Migrations that the release could run beside are undone too. Default: they stay. */
  readonly undoesMigrations?: boolean;
}

/**
 * Decides how the schema follows a rollback without losing a row (design, section 5). What the release runs on stays,
 * unless somebody wishes it undone; what it does not know is undone when undoing loses nothing; an expand migration whose
 * undoing would lose rows stays, because it suits the release before it by its kind; a contract migration cannot be
 * undone without a person.
 * @param returnTo the release that will serve again.
 * @param applied the migrations that are to be considered: those that came with what is taken back, ascending.
 */
export function chooseSchemaReturn(
  returnTo: Release,
  liveVersion: number,
  applied: readonly Migration[],
  wish: SchemaWish,
): SchemaReturn {
  const range = returnTo.content.database?.schemaRange;
  const isLossAccepted = wish.acceptsDataLoss === true;
  const asked = wish.undoesMigrations === true ? migrationsBeyondNeed(returnTo, applied) : [];
  if (asked.length > 0 && asked.every((each) => keepsUndone(each, isLossAccepted) === undefined)) {
    return { kind: 'revert', migrations: asked };
  }
  if (range !== undefined && liveVersion >= range.min && liveVersion <= range.max) {
    const reason = `${returnTo.name} runs on schema ${String(liveVersion)}`;
    if (asked.length === 0) return { kind: 'keep', reason };
    return {
      kind: 'keep',
      reason: `${reason}, and undoing migration ${versions(asked)} would lose rows`,
      lossy: asked,
    };
  }
  const unknown = applied.filter(({ version }) => version > (range?.max ?? 0));
  if (unknown.length === 0) return { kind: 'keep', reason: `no migration ran that ${returnTo.name} does not know` };
  if (unknown.every((each) => keepsUndone(each, isLossAccepted) === undefined)) {
    return { kind: 'revert', migrations: unknown };
  }
  const names = versions(unknown);
  if (unknown.every((migration) => migration.kind === 'expand')) {
    const reason = `undoing migration ${names} would lose rows; ${returnTo.name} runs beside it`;
    return { kind: 'keep', reason, lossy: unknown };
  }
  return { kind: 'refuse', reason: `migration ${names} cannot be undone without losing rows` };
}

/** Those that a release can do without. */
export function migrationsBeyondNeed(release: Release, applied: readonly Migration[]): readonly Migration[] {
  const needed = release.content.database?.schemaRange.min ?? 0;
  return applied.filter(({ version }) => version > needed);
}

/** Why a migration is not undone by its down file, in words; undefined: it can be. */
export function keepsUndone({ down, downLosesData }: Migration, isLossAccepted: boolean): string | undefined {
  if (down === undefined) return 'it has no down file';
  if (downLosesData && !isLossAccepted) return 'its down file discards what was written into it since';
  return undefined;
}

function versions(migrations: readonly Migration[]): string {
  return migrations.map(({ version }) => String(version)).join(', ');
}
