import { Client, escapeIdentifier } from 'pg';

/**
 * Has the database itself write down every change of its schema, in the transaction that makes it. What the
 * database-migration function needs for itself does not count.
 */
const witness = (owner: string): string => `
  create schema chaos_witness;
  create table chaos_witness.schema_change (
    id bigint generated always as identity primary key,
    command text not null,
    object text not null,
    at timestamptz not null default clock_timestamp()
  );
  create function chaos_witness.note_schema_change() returns event_trigger
  language plpgsql security definer set search_path = pg_catalog as $$
  begin
    insert into chaos_witness.schema_change (command, object)
    select c.command_tag, c.object_identity from pg_event_trigger_ddl_commands() as c
    where c.object_identity !~ '^(promotion_control|chaos_witness)(\\.|$)';
  end $$;
  create event trigger note_schema_change on ddl_command_end execute function chaos_witness.note_schema_change();
  grant usage on schema chaos_witness to ${owner};
  grant select on all tables in schema chaos_witness to ${owner};
  grant select on all sequences in schema chaos_witness to ${owner};
`;

export async function watchSchema(superuserUrl: string, owner: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(witness(escapeIdentifier(owner)));
  } finally {
    await client.end();
  }
}

export async function countSchemaChanges(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>('select count(*) from chaos_witness.schema_change');
  return Number(rows[0]?.count);
}
