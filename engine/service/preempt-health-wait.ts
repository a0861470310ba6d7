import type { Actor } from '../workflow/actor.ts';
import { awaitsRollback } from '../workflow/decide.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { changePromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { turnRound } from './turn-round.ts';

/** The promotion that holds an environment's slot now. */
export async function slotHolder(
  { store }: ServiceContext,
  application: string,
  environment: string,
): Promise<PromotionRecord | undefined> {
  const states = await store.environments(application);
  const id = states.find(({ name }) => name === environment)?.slotHeldBy;
  return id === undefined ? undefined : store.load(id);
}

/**
 * Whether it only waits for its release to be well, so that a rollback may go before it.
 * @throws RefusedError when the holder is in the middle of something that must not be cut short.
 */
export function refuseToPreempt(holder: PromotionRecord): void {
  const { id, toEnvironment } = holder;
  if (isEndState(holder.state)) {
    throw new RefusedError(
      `${toEnvironment} is half-way since ${id} could not be taken back; resolve that first: promote retry ${id}`,
    );
  }
  if (holder.rollback !== undefined || holder.kind === 'rollback') {
    throw new RefusedError(`${id} is taking something back in ${toEnvironment} already; wait for its end`);
  }
  if (awaitsRollback(holder)) {
    throw new RefusedError(`${id} failed half-way in ${toEnvironment}; take that back first: promote rollback ${id}`);
  }
  if (holder.state !== 'TRIGGERING_DEPLOYMENT') {
    throw new RefusedError(
      `${id} is changing ${toEnvironment} right now; wait for it, or stop it: promote cancel ${id}`,
    );
  }
}

/**
 * Makes room for a rollback: a promotion that only waits for its release to be well is taken back first, since what it
 * stands on is going. Nobody has found its release bad.
 * @throws RefusedError when the holder is in the middle of something that must not be cut short.
 */
export async function preemptHealthWait(context: ServiceContext, actor: Actor, holder: PromotionRecord): Promise<void> {
  refuseToPreempt(holder);
  const { id, toEnvironment } = holder;
  await changePromotion(context, id, (draft) => {
    if (isEndState(draft.record.state) || draft.record.rollback !== undefined) return;
    const reason = `a rollback of ${toEnvironment} goes before it`;
    turnRound(draft, actor, { trigger: 'cancel', reason, acceptsDataLoss: false }, context);
  });
}
