import { Client, escapeIdentifier } from 'pg';

const microsecondsPerMs = 1000;
/** Of the year 1, before which no simulation begins. */
const earliestMicroseconds = String(Date.parse('0001-01-01T00:00:00Z') * microsecondsPerMs);

const microsecondsOfMs = `ms * ${String(microsecondsPerMs)}`;

/** @param microseconds an SQL expression. */
function setTo(microseconds: string): string {
  return `setval('simulation.instant', ${microseconds}), setval('simulation.tick', ${microseconds})`;
}

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
   */
  static async install(url: string, start: Date): Promise<VirtualTime> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>('select current_database() as name');
      const database = escapeIdentifier(rows[0]?.name ?? '');
      // Both sequences hold microseconds since 1970. A sequence is read and moved without a transaction, and a function
      // that is one expression becomes part of whatever statement calls it, instead of a query of its own in it.
      await client.query(`
        create schema simulation;
        create sequence simulation.instant minvalue ${earliestMicroseconds} start 0;
        -- What comes later at the same moment has a later time, so that lines keep the order in which they formed.
        create sequence simulation.tick minvalue ${earliestMicroseconds} start 0;
        create function simulation.clock_timestamp() returns timestamptz language sql volatile
          return timestamptz 'epoch' + nextval('simulation.tick') * interval '1 microsecond';
        create function simulation.now() returns timestamptz language sql stable
          as 'select timestamptz ''epoch'' + last_value * interval ''1 microsecond'' from simulation.instant';
        alter database ${database} set search_path = public, simulation, pg_catalog;
        alter database ${database} set synchronous_commit = off;
        set synchronous_commit = off;
      `);
      const time = new VirtualTime(client);
      await time.set(start);
      return time;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  async set(at: Date): Promise<void> {
    await this.#client.query({
      name: 'set',
      text: `select ${setTo('$1::bigint')}`,
      values: [at.getTime() * microsecondsPerMs],
    });
  }

  /**
   * Lets time pass until a promotion is due by itself, at most up to a moment; not at all where one is due already. What
   * waits for a slot is called when the slot is given up, so nobody goes to where it would look by itself.
   * @param until not before the present moment.
   * @returns the moment that it is now, and whether anything is due.
   */
  async advance(until: Date): Promise<{ readonly at: Date; readonly isDue: boolean }> {
    const { rows } = await this.#client.query<{ ms: string; is_due: boolean }>({
      name: 'advance',
      // A moment is a whole millisecond, and never before what is due at it.
      text: `
        with present as (
          select last_value as us, timestamptz 'epoch' + last_value * interval '1 microsecond' as at from simulation.instant
        ), due as (
          select min(d.due_at) as at
          from present, public.dispatch d join public.promotion p on p.id = d.promotion_id
          where d.due_at <= present.at or (d.due_at <= $1 and p.parked ->> 'reason' is distinct from 'slot')
        ), reached as (
          select us, ceil(extract(epoch from greatest(least(due.at, $1::timestamptz), present.at)) * 1000)::bigint as ms
          from present, due
        ), moved as (
          select ${setTo(microsecondsOfMs)} from reached where ${microsecondsOfMs} > us
        )
        select ms, exists (
            select from public.dispatch d where d.due_at <= timestamptz 'epoch' + ms * interval '1 millisecond'
          ) as is_due, (select count(*) from moved) as moves
        from reached`,
      values: [until],
    });
    const [row] = rows;
    if (row === undefined) throw new Error('the clock of the simulation did not answer');
    return { at: new Date(Number(row.ms)), isDue: row.is_due };
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
