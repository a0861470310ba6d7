import type pg from 'pg';
import { notOfAnExtension, userSchema } from '../backups/user-objects.ts';
import type { IndexedConstraint } from '../schema/plan-post-data.ts';

/** Primary keys and unique constraints whose index can be built before them. */
export async function readIndexedConstraints(session: pg.Client): Promise<readonly IndexedConstraint[]> {
  const { rows } = await session.query<{ schema: string; table: string; name: string; index: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS "table", k.conname::text AS name,
            pg_catalog.pg_get_indexdef(k.conindid) AS index
     FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid
     WHERE k.contype IN ('p', 'u') AND c.relkind = 'r' AND NOT i.indisexclusion
       AND ${userSchema} AND ${notOfAnExtension('pg_class', 'c.oid')}`,
  );
  return rows.map(({ schema, table, name, index }) => ({ table: { schema, name: table }, name, index }));
}

export interface IndexCost {
  /** Its table's. */
  readonly table: number;
  readonly schema: string;
  readonly name: string;
  /** Its size, as many times as its kind takes longer to build than a b-tree. */
  readonly cost: number;
}

/** Building one takes so many times as long as a b-tree of its size. */
const costOfKinds = { gin: 8, gist: 4, spgist: 3, hash: 2 } as const;

/** How long each index takes to build beside others. */
export async function readIndexCosts(session: pg.Client): Promise<readonly IndexCost[]> {
  const kinds = Object.entries(costOfKinds).map(([kind, cost]) => `WHEN '${kind}' THEN ${String(cost)}`);
  const { rows } = await session.query<IndexCost>(
    `SELECT i.indrelid::int8::float8 AS "table", n.nspname::text AS schema, c.relname::text AS name,
            pg_catalog.pg_relation_size(c.oid)::float8 * CASE m.amname ${kinds.join(' ')} ELSE 1 END AS cost
     FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_am m ON m.oid = c.relam
     WHERE c.relkind = 'i' AND ${userSchema}`,
  );
  return rows;
}
