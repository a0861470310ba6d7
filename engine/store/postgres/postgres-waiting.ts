import { sql, type Kysely } from 'kysely';
import type { WaitingApproval, WaitingCount, WaitingStore } from '../waiting-store.ts';
import type { EngineTables } from './tables.ts';

/** Counts what waits where it is stored. */
export class PostgresWaiting implements WaitingStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async counts(): Promise<readonly WaitingCount[]> {
    const { rows } = await sql<WaitingCount>`
      select from_environment as "from", to_environment as environment, parked ->> 'reason' as "waitingFor",
        count(*)::int as promotions, min((parked ->> 'since')::timestamptz) as since
      from promotion
      where ended_at is null and parked ->> 'reason' in ('slot', 'approval')
      group by 1, 2, 3 order by 1, 2, 3
    `.execute(this.#db);
    return rows;
  }

  async approvals(before: Date, limit: number): Promise<readonly WaitingApproval[]> {
    const { rows } = await sql<WaitingApproval>`
      select id as "promotionId", application, from_environment as "from", to_environment as environment,
        parked ->> 'detail' as detail, (parked ->> 'since')::timestamptz as since
      from promotion
      where ended_at is null and parked ->> 'reason' = 'approval' and (parked ->> 'since')::timestamptz <= ${before}
      order by 6, 1 limit ${limit}
    `.execute(this.#db);
    return rows;
  }
}
