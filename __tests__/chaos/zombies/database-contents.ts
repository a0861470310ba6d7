import { Client, escapeIdentifier } from 'pg';

/** Every row of every table, as one hash a table, and the schema. Fences, which may rise, are left out. */
export async function readDatabase(url: string): Promise<readonly (readonly [string, string])[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
         and (table_schema, table_name) <> ('promotion_control', 'fence')
       order by 1, 2`,
    );
    const contents: (readonly [string, string])[] = [];
    for (const { schema, name } of tables) {
      const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
      contents.push([`rows of ${schema}.${name}`, await valueOf(client, `select ${hashOfRows} from ${table} as t`)]);
    }
    contents.push(['columns', await valueOf(client, `select ${hashOfRows} from (${columns}) as t`)]);
    contents.push(['constraints', await valueOf(client, `select ${hashOfRows} from (${constraints}) as t`)]);
    contents.push(['indexes', await valueOf(client, `select ${hashOfRows} from (${indexes}) as t`)]);
    return contents;
  } finally {
    await client.end();
  }
}

const hashOfRows = `count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as value`;
const columns = `select table_schema, table_name, column_name, data_type, is_nullable, column_default
  from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')`;
const constraints = `select conname, conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint where conrelid <> 0`;
const indexes = `select schemaname, indexname, indexdef from pg_indexes where schemaname not in ('pg_catalog')`;

/** What the engine remembers of an application and its promotions. Lines of the log are no part of any transition. */
export async function readEngineRecords(
  url: string,
  application: string,
): Promise<readonly (readonly [string, string])[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const of = (table: string): string =>
      `select t.* from ${table} t join promotion p on p.id = t.promotion_id where p.application = $1`;
    const queries: Readonly<Record<string, string>> = {
      promotions: 'select * from promotion where application = $1',
      environments: 'select * from environment where application = $1',
      'deployed releases': 'select * from deployed_release where application = $1',
      releases: 'select * from release where application = $1',
      steps: of('step'),
      events: of('event'),
      outbox: of('outbox'),
      locks: of('resource_lock'),
      dispatch: of('dispatch'),
    };
    const records: (readonly [string, string])[] = [];
    for (const [what, query] of Object.entries(queries)) {
      records.push([what, await valueOf(client, `select ${hashOfRows} from (${query}) as t`, [application])]);
    }
    return records;
  } finally {
    await client.end();
  }
}

async function valueOf(client: Client, query: string, parameters: readonly string[] = []): Promise<string> {
  const { rows } = await client.query<{ value: string }>(query, [...parameters]);
  return rows[0]?.value ?? '';
}
