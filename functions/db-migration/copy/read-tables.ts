import type pg from 'pg';
import { notOfAnExtension, userSchema, type UserTable } from '../backups/user-objects.ts';
import { travelsAsBinary, type CatalogueType } from './binary-types.ts';
import type { TableSize } from './plan-chunks.ts';

/** A table whose rows are copied, as it is where they come from. */
export interface SourceTable extends UserTable, Omit<TableSize, 'indexCost'> {
  /** Whether each of its columns means the same in binary on another server of the same major version. */
  readonly isBinary: boolean;
}

interface TableRow extends UserTable {
  readonly oid: number;
  readonly types: readonly number[];
  readonly bytes: string;
  readonly pages: string;
}

/** Every table of users: ordinary ones, unlogged ones and the leaves of partitioned ones. */
export async function readTables(session: pg.Client): Promise<readonly SourceTable[]> {
  const { rows } = await session.query<TableRow>(
    `SELECT c.oid::int8::float8 AS oid, n.nspname::text AS schema, c.relname::text AS name,
            coalesce(columns.names, '{}') AS columns, coalesce(columns.types, '{}') AS types,
            pg_catalog.pg_table_size(c.oid) AS bytes,
            pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::int AS pages
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
       LATERAL (SELECT array_agg(a.attname::text ORDER BY a.attnum) AS names,
                       array_agg(a.atttypid::int8::float8 ORDER BY a.attnum) AS types
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') columns
     WHERE c.relkind = 'r' AND c.relpersistence IN ('p', 'u') AND ${userSchema} AND ${notOfAnExtension('pg_class', 'c.oid')}
     ORDER BY 2, 3`,
  );
  const types = await readTypes(session, [...new Set(rows.flatMap((row) => row.types))]);
  return rows.map(({ types: used, bytes, pages, ...table }) => ({
    ...table,
    bytes: Number(bytes),
    pages: Number(pages),
    isBinary: used.every((type) => travelsAsBinary(type, types)),
  }));
}

const multirangePart = 'UNION ALL SELECT r.rngtypid FROM pg_catalog.pg_range r WHERE r.rngmultitypid = t.oid';

/** Types, and whatever they are made of. */
async function readTypes(
  session: pg.Client,
  used: readonly number[],
): Promise<ReadonlyMap<number, CatalogueType>> {
  const { rows: servers } = await session.query<{ hasMultiranges: boolean }>(
    `SELECT current_setting('server_version_num')::int >= 140000 AS "hasMultiranges"`,
  );
  const multirange = servers[0]?.hasMultiranges === true ? multirangePart : '';
  const { rows } = await session.query<CatalogueType>(
    `WITH RECURSIVE part AS (
       SELECT t.oid, p.part FROM pg_catalog.pg_type t, LATERAL (
         SELECT t.typelem AS part WHERE t.typelem <> 0
         UNION ALL SELECT t.typbasetype WHERE t.typtype = 'd'
         UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid
         ${multirange}
         UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                   WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) p
     ), used AS (
       SELECT unnest($1::int8[])::oid AS oid
       UNION SELECT part.part FROM used JOIN part USING (oid)
     )
     SELECT t.oid::int8::float8 AS oid,
            CASE t.typtype WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum' WHEN 'p' THEN 'pseudo'
                           WHEN 'r' THEN 'range' WHEN 'm' THEN 'multirange' ELSE 'base' END AS kind,
            t.typsend <> 0 AND t.typreceive <> 0 AS "hasBinaryForm",
            t.typelem <> 0 AND t.typlen = -1 AS "isArray",
            ARRAY(SELECT part.part::int8::float8 FROM part WHERE part.oid = t.oid) AS parts
     FROM used JOIN pg_catalog.pg_type t USING (oid)`,
    [used],
  );
  return new Map(rows.map((type) => [type.oid, type]));
}
