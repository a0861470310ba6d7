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
const USER_SCHEMA = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'promotion_control')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_namespace'::regclass
                  AND d.objid = n.oid AND d.deptype = 'e')`;

const notOfAnExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
               WHERE d.classid = 'pg_catalog.${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

export async function userSchemas(session: pg.Client): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(
    `SELECT n.nspname::text AS name FROM pg_catalog.pg_namespace n WHERE ${USER_SCHEMA} ORDER BY 1`,
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
     WHERE c.relkind = 'r' AND c.relpersistence IN ('p', 'u') AND ${USER_SCHEMA} AND ${notOfAnExtension('pg_class', 'c.oid')}
     ORDER BY 1, 2`,
  );
  return rows;
}

export async function userSequences(session: pg.Client): Promise<readonly NamedObject[]> {
  const { rows } = await session.query<{ schema: string; name: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND c.relpersistence IN ('p', 'u') AND ${USER_SCHEMA} AND ${notOfAnExtension('pg_class', 'c.oid')}
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

/**
 * Drops everything that a restore makes again: publications, event triggers, casts, languages and foreign servers;
 * extensions that the backup does not have; each user schema with what is in it; and in `public`, which stays, each
 * object that belongs to no extension. Roles, settings of the database, and rows of extensions stay as they are.
 */
export async function dropUserObjects(session: pg.Client, keptExtensions: readonly string[]): Promise<void> {
  for (const name of await extensions(session)) {
    if (!keptExtensions.includes(name))
      await session.query(`DROP EXTENSION IF EXISTS ${pg.escapeIdentifier(name)} CASCADE`);
  }
  for (const statement of await dropStatements(session, DATABASE_WIDE)) await session.query(statement);
  for (const schema of await userSchemas(session)) {
    if (schema !== 'public') await session.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`);
  }
  for (const statement of await dropStatements(session, IN_PUBLIC)) await session.query(statement);
}

/** Catalogs of objects without a schema. FirstNormalObjectId: what is below was made by initdb. */
const DATABASE_WIDE = ['pg_event_trigger', 'pg_publication', 'pg_foreign_data_wrapper', 'pg_cast', 'pg_language'].map(
  (catalog) => ({ catalog, condition: 'o.oid >= 16384' }),
);

const IN_PUBLIC = [
  { catalog: 'pg_class', column: 'relnamespace', also: `AND o.relkind IN ('r', 'p', 'v', 'm', 'f')` },
  // A sequence that belongs to a column goes with its table, and only so when the column is an identity.
  {
    catalog: 'pg_class',
    column: 'relnamespace',
    also: `AND o.relkind = 'S' AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
      AND d.objid = o.oid AND d.refclassid = d.classid AND d.deptype IN ('a', 'i'))`,
  },
  { catalog: 'pg_proc', column: 'pronamespace', also: '' },
  { catalog: 'pg_operator', column: 'oprnamespace', also: '' },
  { catalog: 'pg_opfamily', column: 'opfnamespace', also: '' },
  {
    catalog: 'pg_type',
    column: 'typnamespace',
    also: `AND o.typtype <> 'm' AND o.typelem = 0 AND (o.typrelid = 0 OR EXISTS (
      SELECT FROM pg_catalog.pg_class c WHERE c.oid = o.typrelid AND c.relkind = 'c'))`,
  },
  { catalog: 'pg_collation', column: 'collnamespace', also: '' },
  { catalog: 'pg_conversion', column: 'connamespace', also: '' },
  { catalog: 'pg_statistic_ext', column: 'stxnamespace', also: '' },
  { catalog: 'pg_ts_config', column: 'cfgnamespace', also: '' },
  { catalog: 'pg_ts_dict', column: 'dictnamespace', also: '' },
  { catalog: 'pg_ts_parser', column: 'prsnamespace', also: '' },
  { catalog: 'pg_ts_template', column: 'tmplnamespace', also: '' },
].map(({ catalog, column, also }) => ({
  catalog,
  condition: `o.${column} = to_regnamespace('public') ${also}`,
}));

/** Kinds that pg_identify_object calls otherwise than DROP does. */
const DROP_NAMES: Readonly<Record<string, string>> = {
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
  'statistics object': 'STATISTICS',
};

/** Read just before they run; dropping one cascades to others, which is why each tolerates that its object is gone. */
async function dropStatements(
  session: pg.Client,
  sources: readonly { readonly catalog: string; readonly condition: string }[],
): Promise<readonly string[]> {
  const statements: string[] = [];
  for (const { catalog, condition } of sources) {
    const { rows } = await session.query<{ type: string; identity: string }>(
      `SELECT i.type, i.identity FROM pg_catalog.${catalog} o,
              LATERAL pg_catalog.pg_identify_object('pg_catalog.${catalog}'::regclass, o.oid, 0) i
       WHERE ${condition} AND ${notOfAnExtension(catalog, 'o.oid')}`,
    );
    statements.push(...rows.map((row) => `DROP ${DROP_NAMES[row.type] ?? row.type} IF EXISTS ${row.identity} CASCADE`));
  }
  return statements;
}
