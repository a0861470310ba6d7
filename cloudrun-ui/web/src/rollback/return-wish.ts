import type { RollbackPreview } from './rollback-preview-query.ts';

/** What becomes of the database when a release is taken back. */
export const databaseFates = ['keeps-writes', 'migrations-undone', 'back-up-restored'] as const;
export type DatabaseFate = (typeof databaseFates)[number];

/** To where, and what may be lost on the way. */
export interface ReturnWish {
  /** Of the revision to return to. Default: the newest that was verified before. */
  readonly number: number | undefined;
  readonly fate: DatabaseFate;
}

/** As the choice is told. */
export const fateWords: Readonly<Record<DatabaseFate, string>> = {
  'keeps-writes': 'Keep everything written since',
  'migrations-undone': 'Undo its migrations',
  'back-up-restored': 'Put its back-up back',
};

interface LossFlags {
  readonly acceptsDataLoss?: true;
  readonly undoesMigrations?: true;
  readonly restoresDatabase?: true;
}

/** What a wish accepts, as the server is asked; whether something is lost by it, the preview says. */
export function lossFlags({ fate }: Pick<ReturnWish, 'fate'>): LossFlags {
  switch (fate) {
    case 'keeps-writes':
      return {};
    case 'migrations-undone':
      return { acceptsDataLoss: true, undoesMigrations: true };
    case 'back-up-restored':
      return { acceptsDataLoss: true, restoresDatabase: true };
  }
}

/** Whether a rollback, as it was shown, discards something that was written since. */
export function losesWrites({ discards, schema }: Pick<RollbackPreview, 'discards' | 'schema'>): boolean {
  return discards !== null || (schema?.kind === 'revert' && schema.lossy.length > 0);
}

/** Whether it is known beforehand that it could not be done so. */
export function wouldFail({ schema }: Pick<RollbackPreview, 'schema'>): boolean {
  return schema?.kind === 'refuse';
}
