import { sql, type Kysely } from 'kysely';
import type { PromotionRecord } from '../../workflow/promotion.ts';
import type { Vote } from '../../workflow/step-queries.ts';
import type { PromotionFilter } from '../service-store.ts';
import { promotionConditions } from './promotion-conditions.ts';
import { promotionColumns, toPromotionRecord, type PromotionRow } from './record-mapping.ts';
import type { EngineTables } from './tables.ts';

/** Promotions, newest first. */
export async function readPromotionList(
  db: Kysely<EngineTables>,
  filter: PromotionFilter,
): Promise<readonly PromotionRecord[]> {
  const { rows } = await sql<PromotionRow>`
    select ${sql.raw(promotionColumns)} from promotion p
    where ${promotionConditions(filter)}
    order by p.created_at desc, p.id desc limit ${filter.limit}
  `.execute(db);
  return rows.map(toPromotionRecord);
}

/** What people call releases, by their ids. */
export async function readReleaseNames(
  db: Kysely<EngineTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('release').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Of promotions that have not ended, or ended after a moment: each half finds its own index. */
export async function readVersions(db: Kysely<EngineTables>, endedAfter: Date): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; version: string }>`
    select id, version from promotion where ended_at is null
    union all
    select id, version from promotion where ended_at > ${endedAfter}
  `.execute(db);
  return new Map(rows.map(({ id, version }) => [id, Number(version)]));
}

/** Votes by promotion, each in the order in which they were given. */
export async function readVotes(
  db: Kysely<EngineTables>,
  promotionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Vote[]>> {
  if (promotionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('vote')
    .selectAll()
    .where('promotion_id', 'in', promotionIds)
    .orderBy('at')
    .execute();
  const byPromotion = Map.groupBy(rows, (row) => row.promotion_id);
  return new Map(
    [...byPromotion].map(([id, own]) => [
      id,
      own.map(({ stage, actor, decision, plan_hash: planHash, comment, at }) => {
        return { stage, actor, decision, planHash, comment: comment ?? undefined, at };
      }),
    ]),
  );
}
