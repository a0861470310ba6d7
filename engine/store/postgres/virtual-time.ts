import { Client, escapeIdentifier } from 'pg';

/**
 * Gives a database a clock that only stands where it is put: `now()` and `clock_timestamp()` of every session that is
 * opened afterwards are found in a schema of their own before those of the server. The engine's SQL, its migrations and
 * its stored functions stay as they are. For databases that nothing else uses, never for an installation's.
 */
export class VirtualTime {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Must come before the engine's schema: the defaults of its columns keep the clock that they were made with.
   * @param url of an empty database, by a role that owns it.
   * @throws when there is something in it.
   */
  static async install(url: string, start: Date): Promise<VirtualTime> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; is_used: boolean }>(
        `select current_database() as name,
           exists (select from pg_class where relnamespace = 'public'::regnamespace) as is_used`,
      );
      const [{ name, is_used: isUsed } = { name: '', is_used: true }] = rows;
      if (isUsed) throw new Error(`the database ${name} is not empty: its columns keep the clock of the server`);
      const database = escapeIdentifier(name);
      await client.query(`
        create schema simulation;
        create table simulation.clock (is_only boolean primary key default true check (is_only), at timestamptz not null);
        -- What comes later at the same moment has a later time, so that lines keep the order in which they formed.
        create sequence simulation.tick;
        create function simulation.clock_timestamp() returns timestamptz language sql volatile
          as 'select at + nextval(''simulation.tick'') * interval ''1 microsecond'' from simulation.clock';
        create function simulation.now() returns timestamptz language sql stable
          as 'select at from simulation.clock';
        alter database ${database} set search_path = public, simulation, pg_catalog;
        alter database ${database} set synchronous_commit = off;
      `);
      await client.query('insert into simulation.clock (at) values ($1)', [start]);
      return new VirtualTime(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async set(at: Date): Promise<void> {
    await this.#client.query({
      name: 'set',
      text: `update simulation.clock set at = $1 returning setval('simulation.tick', 1, false)`,
      values: [at],
    });
  }

  /**
   * When the next promotion is due after the present moment by itself. What waits for a slot is called when the slot is
   * given up, so its own looks are left out.
   */
  async nextDue(): Promise<Date | undefined> {
    const { rows } = await this.#client.query<{ at: Date | null }>({
      name: 'next-due',
      text: `
        select min(d.due_at) as at from public.dispatch d join public.promotion p on p.id = d.promotion_id
        where d.due_at > (select at from simulation.clock) and p.parked ->> 'reason' is distinct from 'slot'`,
    });
    return rows[0]?.at ?? undefined;
  }

  /** Empties every table of the engine, for the next simulation on the same database. */
  async clear(): Promise<void> {
    const { rows } = await this.#client.query<{ name: string }>(
      `select format('public.%I', tablename) as name from pg_catalog.pg_tables
       where schemaname = 'public' and tablename <> 'schema_migration'`,
    );
    await this.#client.query(`truncate ${rows.map(({ name }) => name).join(', ')} restart identity`);
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
