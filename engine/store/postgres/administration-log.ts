import { sql, type Kysely, type Transaction } from 'kysely';
import { chainEvent, genesisHash } from '../../audit/hash-chain.ts';
import type { ChainedEvent } from '../../workflow/transition.ts';
import { withoutSecrets } from '../../workflow/without-secrets.ts';
import { administrationChain, type AdministrationEvent } from '../administration-store.ts';
import { changeChannel, newsText } from './change-channel.ts';
import { finerTime, hasFinerTime } from './finer-time.ts';
import type { EngineTables } from './tables.ts';

/** Serialises whoever appends; any number that nothing else here uses. */
const advisoryLock = 7_205_759_404;

/**
 * Stores a change that belongs to no promotion together with its audit entry and what the world is told of it, or nothing.
 * @param event the entry, or what makes it of the change's result.
 * @param change what it changes; throws to refuse, and nothing is then written. Answering `unchanged` writes no entry.
 */
export async function administer<Result>(
  db: Kysely<EngineTables>,
  event: AdministrationEvent | ((result: Result) => AdministrationEvent),
  change: (transaction: Transaction<EngineTables>) => Promise<Result | 'unchanged'>,
): Promise<Result | 'unchanged'> {
  return db.transaction().execute(async (transaction) => {
    const result = await change(transaction);
    if (result !== 'unchanged') await append(transaction, typeof event === 'function' ? event(result) : event);
    return result;
  });
}

async function append(transaction: Transaction<EngineTables>, event: AdministrationEvent): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(transaction);
  const newest = await transaction
    .selectFrom('administration_event')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = Number(newest?.seq ?? 0) + 1;
  const previousHash = newest?.hash ?? genesisHash;
  const { at, type, actor, announcement } = event;
  const data = withoutSecrets(event.data);
  const hash = chainEvent({ promotionId: administrationChain, seq, at, type, actor, data, previousHash });
  await transaction
    .insertInto('administration_event')
    .values({
      seq,
      at,
      type,
      actor: JSON.stringify(actor),
      data: JSON.stringify(data),
      previous_hash: previousHash,
      hash,
    })
    .execute();
  await sql`select pg_notify(${changeChannel}, ${newsText({ kind: 'settings' })})`.execute(transaction);
  if (announcement === undefined) return;
  await transaction
    .insertInto('outbox')
    .values({
      event_id: `${administrationChain}-${String(seq)}`,
      promotion_id: null,
      type: announcement.type,
      body: JSON.stringify(announcement.body),
      created_at: at,
      attempts: 0,
      due_at: at,
      sent_at: null,
    })
    .execute();
}

/** Oldest first. */
export async function readAdministrationEvents(db: Kysely<EngineTables>): Promise<readonly ChainedEvent[]> {
  const rows = await db
    .selectFrom('administration_event')
    .selectAll()
    .select(hasFinerTime.as('is_finer'))
    .orderBy('seq')
    .execute();
  return rows.map(({ seq, at, is_finer: isFiner, type, actor, data, previous_hash: previousHash, hash }) => ({
    seq: Number(seq),
    at,
    ...finerTime(isFiner),
    type,
    actor,
    data,
    previousHash,
    hash,
  }));
}
