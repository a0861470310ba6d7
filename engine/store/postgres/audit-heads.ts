import { sql, type Kysely } from 'kysely';
import { administrationChain } from '../administration-store.ts';
import type { ChainHead } from '../service-store.ts';
import type { EngineTables } from './tables.ts';

/** Chains that have grown since they were last signed, with their newest entry; that of administration among them. */
export async function findUnsignedHeads(db: Kysely<EngineTables>, limit: number): Promise<readonly ChainHead[]> {
  const { rows } = await sql<{ id: string; seq: string; hash: string }>`
    (select p.id, p.event_seq as seq, p.head_hash as hash
     from promotion p left join audit_head h on h.promotion_id = p.id
     where h.seq is null or h.seq < p.event_seq order by p.updated_at limit ${limit})
    union all
    (select ${administrationChain}, e.seq, e.hash from administration_event e
     where e.seq > coalesce((select h.seq from administration_head h), 0) order by e.seq desc limit 1)
  `.execute(db);
  return rows.map(({ id, seq, hash }) => ({ promotionId: id, seq: Number(seq), hash }));
}

/** How far each chain was ever signed. */
export async function readSignedSeqs(db: Kysely<EngineTables>): Promise<ReadonlyMap<string, number>> {
  const promotions = await db.selectFrom('audit_head').select(['promotion_id', 'seq']).execute();
  const administration = await db.selectFrom('administration_head').select('seq').execute();
  return new Map([
    ...promotions.map((row) => [row.promotion_id, Number(row.seq)] as const),
    ...administration.map((row) => [administrationChain, Number(row.seq)] as const),
  ]);
}

/** Remembers how far chains were signed; it never goes back. */
export async function markHeadsSigned(
  db: Kysely<EngineTables>,
  heads: readonly Omit<ChainHead, 'hash'>[],
  at: Date,
): Promise<void> {
  const ofPromotions = heads.filter(({ promotionId }) => promotionId !== administrationChain);
  await sql`
    insert into audit_head (promotion_id, seq, signed_at)
    select id, seq, ${at}
    from unnest(${ofPromotions.map((head) => head.promotionId)}::text[], ${ofPromotions.map((head) => head.seq)}::bigint[]) as h (id, seq)
    on conflict (promotion_id) do update set seq = greatest(audit_head.seq, excluded.seq), signed_at = excluded.signed_at
  `.execute(db);
  for (const { seq } of heads.filter(({ promotionId }) => promotionId === administrationChain)) {
    await sql`
      insert into administration_head (seq, signed_at) values (${seq}, ${at})
      on conflict (is_only) do update set seq = greatest(administration_head.seq, excluded.seq), signed_at = excluded.signed_at
    `.execute(db);
  }
}
