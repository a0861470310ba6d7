import type { RollbackPreview } from '../../engine/promotion-service.ts';

type Outlook = NonNullable<RollbackPreview['schema']>;

/** Those whose undoing discards what was written since: where they stay, they stay for that; where they go, it is lost. */
export function lossyMigrations(schema: Outlook) {
  switch (schema.kind) {
    case 'keep':
      return schema.lossy ?? [];
    case 'revert':
      return schema.migrations.filter(({ downLosesData }) => downLosesData);
    case 'refuse':
    case 'unknown':
      return [];
  }
}
