import { sql, type Kysely } from 'kysely';
import type { Delivery, DeliveryOutcome, DeliveryStore, FailingChannel } from '../delivery-store.ts';
import type { OutboxRow } from '../workflow-store.ts';
import { toOutboxRow, type StoredOutboxRow } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';

/** Which channel has been told of what, in Postgres. */
export class PostgresDeliveries implements DeliveryStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async handOver(eventId: string, channels: readonly string[]): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await sql`
        insert into delivery (event_id, channel, due_at)
        select ${eventId}, c, clock_timestamp() from unnest(${[...channels]}::text[]) as c
        on conflict (event_id, channel) do nothing
      `.execute(transaction);
      await sql`
        update outbox set sent_at = clock_timestamp() where event_id = ${eventId} and sent_at is null
      `.execute(transaction);
    });
  }

  async takeDeliveries(limit: number, leaseSeconds: number): Promise<readonly Delivery[]> {
    const { rows } = await sql<StoredOutboxRow & { channel: string; tried: number }>`
      with due as materialized (
        select event_id, channel from delivery
        where delivered_at is null and given_up_at is null and due_at <= clock_timestamp()
        order by due_at, event_id limit ${limit} for update skip locked
      ), taken as (
        update delivery d set attempts = d.attempts + 1, due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
        from due where d.event_id = due.event_id and d.channel = due.channel
        returning d.event_id, d.channel, d.attempts
      )
      select t.channel, t.attempts as tried, o.event_id as "eventId", o.promotion_id as "promotionId", o.type, o.body,
        o.created_at as "createdAt", o.attempts
      from taken t join outbox o on o.event_id = t.event_id
      order by o.created_at, o.event_id, t.channel
    `.execute(this.#db);
    return rows.map(({ channel, tried, ...message }) => ({ channel, attempts: tried, message: toOutboxRow(message) }));
  }

  async settleDelivery({ channel, message }: Pick<Delivery, 'channel' | 'message'>, outcome: DeliveryOutcome) {
    const { eventId } = message;
    switch (outcome.kind) {
      case 'delivered':
        await sql`
          update delivery set delivered_at = clock_timestamp(), error = null
          where event_id = ${eventId} and channel = ${channel} and delivered_at is null
        `.execute(this.#db);
        return;
      case 'failed': {
        const { error, againInSeconds } = outcome;
        await sql`
          update delivery set error = ${error},
            due_at = case when ${againInSeconds ?? null}::float8 is null then due_at
              else clock_timestamp() + make_interval(secs => ${againInSeconds ?? 0}) end,
            given_up_at = case when ${againInSeconds ?? null}::float8 is null then clock_timestamp() end
          where event_id = ${eventId} and channel = ${channel} and delivered_at is null
        `.execute(this.#db);
        return;
      }
    }
  }

  async returnDelivery({ channel, message }: Pick<Delivery, 'channel' | 'message'>): Promise<void> {
    await sql`
      update delivery set attempts = greatest(0, attempts - 1), due_at = clock_timestamp()
      where event_id = ${message.eventId} and channel = ${channel} and delivered_at is null
    `.execute(this.#db);
  }

  async failing(): Promise<readonly FailingChannel[]> {
    const { rows } = await sql<{ channel: string; count: number; error: string; since: Date }>`
      select d.channel, count(*)::int as count, min(o.created_at) as since,
        (array_agg(d.error order by d.due_at desc))[1] as error
      from delivery d join outbox o on o.event_id = d.event_id
      where d.delivered_at is null and d.error is not null
      group by d.channel order by since
    `.execute(this.#db);
    return rows;
  }

  async announce({ eventId, promotionId, type, body, createdAt }: Omit<OutboxRow, 'attempts'>): Promise<void> {
    await sql`
      insert into outbox (event_id, promotion_id, type, body, created_at, due_at)
      values (${eventId}, ${promotionId ?? null}, ${type}, ${JSON.stringify(body)}::jsonb, ${createdAt}, ${createdAt})
      on conflict (event_id) do nothing
    `.execute(this.#db);
  }
}
