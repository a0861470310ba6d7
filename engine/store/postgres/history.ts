import { sql, type Kysely, type Selectable } from 'kysely';
import type { DeployedRevision, HistoryStore } from '../history-store.ts';
import { toRelease } from './record-mapping.ts';
import type { EngineTables, ReleaseTable } from './tables.ts';

type RevisionRow = Selectable<ReleaseTable> & {
  readonly number: string;
  readonly promotion_id: string | null;
  readonly deployed_at: Date;
  readonly verified_at: Date | null;
};

/** What happened before, in Postgres. */
export class PostgresHistory implements HistoryStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async revisions(application: string, environment: string): Promise<readonly DeployedRevision[]> {
    const { rows } = await sql<RevisionRow>`
      select r.*, d.number, d.promotion_id, d.deployed_at, d.verified_at
      from (
        select *, row_number() over (order by id) as number from deployed_release
        where application = ${application} and environment = ${environment}
      ) as d join release r on r.id = d.release_id
      order by d.number desc
    `.execute(this.#db);
    return rows.map((row) => ({
      number: Number(row.number),
      release: toRelease(row),
      promotionId: row.promotion_id ?? undefined,
      deployedAt: row.deployed_at,
      verifiedAt: row.verified_at ?? undefined,
    }));
  }

  async lastRollbackMs(application: string, environment: string): Promise<number | undefined> {
    const { rows } = await sql<{ took: number }>`
      select extract(epoch from ended_at - (rollback ->> 'at')::timestamptz)::float8 * 1000 as took from promotion
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
      order by ended_at desc limit 1
    `.execute(this.#db);
    return rows[0]?.took;
  }

  async takenBack(application: string, environment: string): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ id: string }>`
      select coalesce(rollback_of, id) as id from promotion
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
      union
      select p ->> 'id' from promotion, jsonb_array_elements(rollback -> 'to' -> 'promotions') as p
      where application = ${application} and to_environment = ${environment} and state = 'ROLLED_BACK'
        and rollback -> 'to' is not null
    `.execute(this.#db);
    return new Set(rows.map(({ id }) => id));
  }
}
