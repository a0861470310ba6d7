import pg from 'pg';

/** A table whose own rows are copied: ordinary tables and leaves of partitioned ones. */
export interface UserTable {
  readonly schema: string;
  readonly name: string;
  /** Without generated columns, whose values follow from the others. */
  readonly columns: readonly string[];
}

export interface NamedObject {
  readonly schema: string;
  readonly name: string;
}

export function quoteName(object: NamedObject): string {
  return `${pg.escapeIdentifier(object.schema)}.${pg.escapeIdentifier(object.name)}`;
}

/** Neither Postgres' own schemas, nor this function's, nor one that belongs to an extension. */
export const userSchema = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'promotion_control')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_namespace'::regclass
                  AND d.objid = n.oid AND d.deptype = 'e')`;

export const notOfAnExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
               WHERE d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

export async function userSchemas(session: pg.Client): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT n.nspname::text AS name FROM pg_catalog.pg_namespace n WHERE ${userSchema} ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

export async function userTables(session: pg.Client): Promise<readonly UserTable[]> {
  const { rows } = await session.query<{ schema: string; name: string; columns: string[] }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name,
            ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  ORDER BY a.attnum) AS columns
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relpersistence IN ('p', 'u') AND ${userSchema} AND ${notOfAnExtension('pg_class', 'c.oid')}
     ORDER BY 1, 2`,
  );
  return rows;
}

export async function userSequences(session: pg.Client): Promise<readonly NamedObject[]> {
  const { rows } = await session.query<{ schema: string; name: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND c.relpersistence IN ('p', 'u') AND ${userSchema} AND ${notOfAnExtension('pg_class', 'c.oid')}
     ORDER BY 1, 2`,
  );
  return rows;
}

export async function extensions(session: pg.Client): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(
    'SELECT extname::text AS name FROM pg_catalog.pg_extension ORDER BY 1',
  );
  return rows.map((row) => row.name);
}

/** What a backup of this kind cannot put back, in words; empty when everything can. */
export async function unsupportedContent(session: pg.Client): Promise<readonly string[]> {
  const { rows } = await session.query<{ what: string }>(
    `SELECT format('%s large objects', count(*)) AS what FROM pg_catalog.pg_largeobject_metadata HAVING count(*) > 0
     UNION ALL
     SELECT format('subscription %I', s.subname) FROM pg_catalog.pg_stat_subscription s
     JOIN pg_catalog.pg_database d ON d.datname = current_database()
     WHERE s.subname IS NOT NULL AND EXISTS (SELECT FROM pg_catalog.pg_subscription p WHERE p.oid = s.subid AND p.subdbid = d.oid)`,
  );
  return rows.map((row) => row.what);
}
