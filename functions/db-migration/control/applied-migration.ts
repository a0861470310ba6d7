import type pg from 'pg';
import { z } from 'zod';
import { hasControlSchema } from './control-schema.ts';

const rowSchema = z.object({
  version: z.coerce.number().int().positive(),
  name: z.string(),
  kind: z.enum(['expand', 'contract']),
  checksum: z.string(),
  promotionKey: z.string(),
  startedAt: z.string(),
  /** null while it runs outside a transaction, or was left half-way. */
  finishedAt: z.string().nullable(),
  /** How many statements of a run outside a transaction are known to be done. */
  statementsDone: z.int().nonnegative(),
  /** The key of the reversion that is under way, when it is being reverted outside a transaction. */
  revertingKey: z.string().nullable(),
});
export type AppliedMigration = z.infer<typeof rowSchema>;

/** The rows as they are stored in a backup's manifest. */
export const appliedMigrationsSchema = z.array(rowSchema);

const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** What the database says it has applied, lowest version first; nothing when it was never migrated. */
export async function readApplied(session: pg.Client): Promise<readonly AppliedMigration[]> {
  if (!(await hasControlSchema(session))) return [];
  const { rows } = await session.query(
    `SELECT version, name, kind, checksum, promotion_key AS "promotionKey", ${iso('started_at')} AS "startedAt",
            ${iso('finished_at')} AS "finishedAt", statements_done AS "statementsDone", reverting_key AS "revertingKey"
     FROM promotion_control.migration ORDER BY version`,
  );
  return appliedMigrationsSchema.parse(rows);
}

/** Replaces everything the database says about applied migrations, inside the caller's transaction. */
export async function replaceApplied(session: pg.Client, applied: readonly AppliedMigration[]): Promise<void> {
  await session.query('DELETE FROM promotion_control.migration');
  for (const row of applied) {
    await session.query(
      `INSERT INTO promotion_control.migration
         (version, name, kind, checksum, promotion_key, started_at, finished_at, statements_done, reverting_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [row.version, row.name, row.kind, row.checksum, row.promotionKey, row.startedAt, row.finishedAt].concat(
        row.statementsDone,
        row.revertingKey,
      ),
    );
  }
}

/** The highest version that is wholly applied; 0 when none is. */
export function schemaVersionOf(applied: readonly AppliedMigration[]): number {
  return applied.reduce((highest, row) => (row.finishedAt === null ? highest : Math.max(highest, row.version)), 0);
}
