import type pg from 'pg';

/** A table by the name it has in the catalogue. */
export interface FoundTable {
  readonly schema: string;
  readonly name: string;
  /** By name. */
  readonly columns: readonly string[];
}

/**
 * A table by exactly this name: in the schema that stands before the point, else where unqualified names are found.
 * @returns undefined when there is none; a view is none.
 */
export async function findTable(session: pg.Client, table: string): Promise<FoundTable | undefined> {
  const [first = '', second] = table.split('.');
  const [schema, name] = second === undefined ? [null, first] : [first, second];
  const { rows } = await session.query<{ schema: string; name: string; columns: string[] }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name,
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                  ORDER BY a.attname::text COLLATE "C") AS columns
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND c.relname = $2
       AND CASE WHEN $1::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = $1 END`,
    [schema, name],
  );
  return rows[0];
}
