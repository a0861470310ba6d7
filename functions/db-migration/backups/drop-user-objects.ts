import pg from 'pg';
import { extensions, userSchemas } from './user-objects.ts';

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
  { catalog: 'pg_class', column: 'relnamespace', also: `AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')` },
  { catalog: 'pg_proc', column: 'pronamespace', also: '' },
  { catalog: 'pg_operator', column: 'oprnamespace', also: '' },
  { catalog: 'pg_opfamily', column: 'opfnamespace', also: '' },
  {
    catalog: 'pg_type',
    column: 'typnamespace',
    also: `AND o.typelem = 0 AND (o.typrelid = 0 OR EXISTS (
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

/**
 * What belongs to an extension stays; what was made with another object (the sequence of an identity column, the
 * constructors of a range) goes with it and cannot be dropped alone. Read just before they run; dropping one cascades to others, which is why each tolerates
 * that its object is gone.
 */
async function dropStatements(
  session: pg.Client,
  sources: readonly { readonly catalog: string; readonly condition: string }[],
): Promise<readonly string[]> {
  const statements: string[] = [];
  for (const { catalog, condition } of sources) {
    const { rows } = await session.query<{ type: string; identity: string }>(
      `SELECT i.type, i.identity FROM pg_catalog.${catalog} o,
              LATERAL pg_catalog.pg_identify_object('pg_catalog.${catalog}'::regclass, o.oid, 0) i
       WHERE ${condition} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.${catalog}'::regclass
                         AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype IN ('e', 'i')
                         -- A partitioned table depends on its own key columns.
                         AND NOT (d.refclassid = d.classid AND d.refobjid = d.objid))`,
    );
    statements.push(...rows.map((row) => `DROP ${DROP_NAMES[row.type] ?? row.type} IF EXISTS ${row.identity} CASCADE`));
  }
  return statements;
}
