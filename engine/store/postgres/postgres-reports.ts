import { sql, type Kysely } from 'kysely';
import type { DueReport, ReportStore, WrittenReport } from '../report-store.ts';
import type { EngineTables } from './tables.ts';

/** Which reports are due, in Postgres. A trigger on `promotion` says so in the transaction that ends it. */
export class PostgresReports implements ReportStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async takeDue(limit: number, leaseSeconds: number, stateVersion: number): Promise<readonly DueReport[]> {
    const { rows } = await sql<{ promotion_id: string; fence: string }>`
      with due as (
        select r.promotion_id from report r join promotion p on p.id = r.promotion_id
        where r.due_at <= clock_timestamp() and p.ended_at is not null and p.state_version <= ${stateVersion}
        order by r.due_at limit ${limit} for update of r skip locked
      )
      update report r set fence = nextval('fence'), attempts = r.attempts + 1,
        due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds} * least(power(2, r.attempts), 64))
      from due where r.promotion_id = due.promotion_id
      returning r.promotion_id, r.fence
    `.execute(this.#db);
    return rows.map((row) => ({ promotionId: row.promotion_id, fence: Number(row.fence) }));
  }

  async settle({ promotionId, fence }: DueReport, { entries, location }: WrittenReport): Promise<void> {
    await sql`
      update report r set entries = ${entries}, location = ${location ?? null}, written_at = clock_timestamp(), attempts = 0,
        due_at = case when p.event_seq > ${entries} then clock_timestamp() end
      from promotion p
      where r.promotion_id = ${promotionId} and p.id = r.promotion_id and r.fence = ${fence}
    `.execute(this.#db);
  }
}
