import { Client } from 'pg';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import type { PromotionState } from '../../../engine/promotion-service.ts';
import { person } from '../installation/installation.ts';
import type { Subject } from '../installation/subject.ts';
import { deliveredAbout } from './notifications.ts';

/** Whether the engine's own record of a promotion is whole and it has ended as it should, in words for what is wrong. */
export async function problemsOfRecord(
  subject: Subject,
  promotionId: string,
  state: PromotionState,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const record = await subject.load(promotionId);
  if (record.state !== state) {
    problems.push(`it ended ${record.state} instead of ${state}: ${record.failure?.error.message ?? 'no failure'}`);
  }
  const events = await subject.installation.service.events(person, promotionId);
  problems.push(...verifyChain(promotionId, events).map(({ problem }) => problem));
  if (events.at(-1)?.seq !== record.eventSeq) problems.push('the record and its chain differ in length');
  const client = new Client({ connectionString: subject.installation.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ what: string }>(
      `select 'it still locks ' || resource as what from resource_lock where promotion_id = $1
       union all select 'it is still to be dispatched' from dispatch where promotion_id = $1
       union all select 'it is still leased' from promotion where id = $1 and lease_owner is not null`,
      [promotionId],
    );
    problems.push(...rows.map(({ what }) => what));
  } finally {
    await client.end();
  }
  return problems;
}

/** Whether each of these was delivered once, repetitions under the same id aside. To be asked when the outbox is empty. */
export async function problemsOfNotifications(
  subject: Subject,
  promotionId: string,
  types: readonly string[],
): Promise<readonly string[]> {
  const delivered = await deliveredAbout(subject.installation.folders.notifications, promotionId);
  return types.flatMap((type) => {
    const count = delivered.filter((line) => line.type === type).length;
    return count === 1 ? [] : [`${String(count)} notifications of ${type} instead of 1`];
  });
}
