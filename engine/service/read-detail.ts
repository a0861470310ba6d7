import type { Actor } from '../workflow/actor.ts';
import { withVotesCounted } from '../workflow/with-votes-counted.ts';
import type { NamedPromotion } from './page-promotions.ts';
import { readPeopleRecord, type PeopleRecord } from './people-record.ts';
import { loadToRead } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';
import { NotFoundError } from './service-errors.ts';

/** A promotion with its steps, telling what it waits for by the votes there are, and what people had to do with it. */
export interface PromotionDetail extends NamedPromotion {
  readonly people: PeopleRecord;
}

/** @throws NotFoundError, NotAuthorizedError */
export async function readDetail(context: ServiceContext, actor: Actor, promotionId: string): Promise<PromotionDetail> {
  const promotion = await loadToRead(context, actor, promotionId);
  const [release, people] = await Promise.all([
    context.store.loadRelease(promotion.releaseId),
    readPeopleRecord(context, promotion),
  ]);
  if (release === undefined) throw new NotFoundError(`release ${promotion.releaseId} is not in the store`);
  return { promotion: withVotesCounted(promotion, release, people.votes), release: release.name, people };
}
