import { sql, type Kysely, type Transaction } from 'kysely';
import type { AdministrationEvent } from '../administration-store.ts';
import type { PrunedLogs, PrunedPromotion, RetentionStore } from '../retention-store.ts';
import { administer } from './administration-log.ts';
import type { EngineTables } from './tables.ts';

interface Row {
  readonly id: string;
  readonly seq: string;
  readonly hash: string;
  readonly application: string;
  readonly environment: string;
}

/** The step that the line belongs to which stays when lines are removed; no real step can have its name. */
const removedLines = '(retention)';

/**
 * What a promotion `p` must be so that nothing needs it. Needed is whatever began to move since the release that a rollback
 * would return to, which is the newest verified one that is not bad and does not run now. Promotions that others were made of
 * (rollbacks, contract runs) go after those; a hotfix stays because no later release may go without it; the release that the engine promoted by itself and that still runs where it
 * came from keeps its promotion, or it would be asked for again.
 */
const isUnneeded = (without: readonly string[]) => sql`
  not exists (select 1 from resource_lock l where l.promotion_id = p.id)
  and not exists (select 1 from dispatch d where d.promotion_id = p.id)
  and not exists (
    select 1 from promotion c where (c.rollback_of = p.id or c.contract_of = p.id) and c.id <> all (${without}::text[])
  )
  and not exists (
    select 1 from open_item o where o.promotion_id = p.id and o.closed_at is null and not exists (
      select 1 from checklist_item i where o.kind = 'checklist' and i.promotion_id = p.id and i.item = o.detail
    )
  )
  and (p.lane is distinct from 'hotfix' or p.state <> 'COMPLETED_SUCCESSFULLY' or p.is_dry_run)
  and exists (select 1 from audit_head h where h.promotion_id = p.id and h.seq = p.event_seq)
  and not exists (select 1 from environment e where e.promotion_id = p.id)
  and not exists (
    select 1 from environment e
    where e.application = p.application and e.name = p.from_environment and e.release_id = p.release_id
      and p.kind = 'promote' and p.idempotency_key is not null
  )
  and not exists (
    select 1
    from environment e
      cross join lateral (
        select coalesce((
          select d.deployed_at from deployed_release d join release r on r.id = d.release_id
          where d.application = e.application and d.environment = e.name and d.verified_at is not null
            and r.bad_since is null and d.release_id is distinct from e.release_id
          order by d.id desc limit 1
        ), e.deployed_at) as since
      ) as needed
    where e.application = p.application and e.name = p.to_environment
      and (
        (p.ended_at >= needed.since and (p.kind <> 'promote' or exists (
          select 1 from step s where s.promotion_id = p.id and s.name in ('back-up', 'note-target') and s.status <> 'pending'
        )))
        or exists (
          select 1 from deployed_release d
          where d.application = e.application and d.environment = e.name and d.promotion_id = p.id
            and d.deployed_at >= needed.since
        )
      )
  )`;

/** Removes what nobody needs any more, in Postgres. */
export class PostgresRetention implements RetentionStore {
  readonly #db: Kysely<EngineTables>;

  constructor(db: Kysely<EngineTables>) {
    this.#db = db;
  }

  async prunable(
    endedBefore: Date,
    limit: number,
    without: readonly string[] = [],
  ): Promise<readonly PrunedPromotion[]> {
    const { rows } = await sql<Row>`
      select p.id, p.event_seq as seq, p.head_hash as hash, p.application, p.to_environment as environment
      from promotion p
      where p.ended_at < ${endedBefore} and p.id <> all (${without}::text[]) and ${isUnneeded(without)}
      order by p.ended_at, p.id limit ${limit}
    `.execute(this.#db);
    return rows.map(toPruned);
  }

  async endedBefore(moment: Date): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from promotion where ended_at < ${moment}
    `.execute(this.#db);
    return rows[0]?.count ?? 0;
  }

  async prune(
    chains: readonly PrunedPromotion[],
    endedBefore: Date,
    event: (removed: readonly PrunedPromotion[]) => AdministrationEvent,
  ): Promise<readonly PrunedPromotion[]> {
    const result = await administer<readonly PrunedPromotion[]>(this.#db, event, async (transaction) => {
      const removed = await lockUnneeded(transaction, chains, endedBefore);
      if (removed.length === 0) return 'unchanged';
      await removePromotions(
        transaction,
        removed.map(({ promotionId }) => promotionId),
      );
      return removed;
    });
    return result === 'unchanged' ? [] : result;
  }

  async pruneLogs(endedBefore: Date, event: (removed: PrunedLogs) => AdministrationEvent): Promise<PrunedLogs> {
    const result = await administer<PrunedLogs>(this.#db, event, async (transaction) => {
      const { rows } = await sql<{ promotions: number; lines: number }>`
        with removed as (
          delete from step_log l using promotion p
          where p.id = l.promotion_id and p.ended_at < ${endedBefore} and l.step <> ${removedLines}
          returning l.promotion_id
        ), counted as (
          select promotion_id, count(*)::int as lines from removed group by promotion_id
        ), told as (
          insert into step_log (promotion_id, step, attempt, at, line)
          select promotion_id, ${removedLines}, 1, clock_timestamp(),
            lines || ' lines were removed: their promotion ended before ' || ${endedBefore.toISOString()}::text
          from counted
        )
        select count(*)::int as promotions, coalesce(sum(lines), 0)::int as lines from counted
      `.execute(transaction);
      const [removed = { promotions: 0, lines: 0 }] = rows;
      return removed.lines === 0 ? 'unchanged' : removed;
    });
    return result === 'unchanged' ? { promotions: 0, lines: 0 } : result;
  }
}

/** Those of the chains that nobody has written to since and that nothing needs, held so until the transaction ends. */
async function lockUnneeded(
  transaction: Transaction<EngineTables>,
  chains: readonly PrunedPromotion[],
  endedBefore: Date,
): Promise<readonly PrunedPromotion[]> {
  const { rows } = await sql<Row>`
    select p.id, p.event_seq as seq, p.head_hash as hash, p.application, p.to_environment as environment
    from promotion p
      join unnest(
        ${chains.map(({ promotionId }) => promotionId)}::text[], ${chains.map(({ seq }) => seq)}::bigint[],
        ${chains.map(({ hash }) => hash)}::text[]
      ) as c (id, seq, hash) on c.id = p.id and c.seq = p.event_seq and c.hash = p.head_hash
    where p.ended_at < ${endedBefore} and ${isUnneeded([])}
    order by p.id for update of p skip locked
  `.execute(transaction);
  return rows.map(toPruned);
}

/** Everything that is stored about a promotion and goes with it. */
const tables = [
  'outbox',
  'step_log',
  'step',
  'vote',
  'checklist_item',
  'open_item',
  'change',
  'report',
  'audit_head',
  'event',
] as const;

async function removePromotions(transaction: Transaction<EngineTables>, ids: readonly string[]): Promise<void> {
  // The same plan may have been made twice; it then belongs to the promotion that stays.
  await sql`
    update plan set promotion_id = other.id
    from (
      select distinct on (o.plan_hash) o.plan_hash, o.id from promotion o
      where o.id <> all (${ids}::text[]) and o.plan_hash in (select hash from plan where promotion_id = any (${ids}::text[]))
    ) as other
    where plan.hash = other.plan_hash and plan.promotion_id = any (${ids}::text[])
  `.execute(transaction);
  await transaction.deleteFrom('plan').where('promotion_id', 'in', ids).execute();
  for (const table of tables) {
    await transaction.deleteFrom(table).where('promotion_id', 'in', ids).execute();
  }
  await transaction.deleteFrom('promotion').where('id', 'in', ids).execute();
}

function toPruned({ id, seq, hash, application, environment }: Row): PrunedPromotion {
  return { promotionId: id, seq: Number(seq), hash, application, environment };
}
