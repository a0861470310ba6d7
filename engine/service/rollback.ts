import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord, RollbackRequest } from '../workflow/promotion.ts';
import { describeState, isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { chooseRollback } from './choose-rollback.ts';
import { findContractsInTheWay, refuseIrreversible, withholdContracts } from './contracts-in-the-way.ts';
import { preemptHealthWait, slotHolder } from './preempt-health-wait.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';
import { storeRollback } from './store-rollback.ts';
import { turnRound } from './turn-round.ts';
import { planUndoneMigrations } from './undone-migrations.ts';

export interface RollbackCommand {
  /** The promotion to take back. */
  readonly promotionId: string;
  readonly reason: string;
  /** Set by a person who was shown what will be lost. */
  readonly acceptsDataLoss?: boolean;
  /** The release to return to, by name or by the number of its revision. Default: the newest that was verified before. */
  readonly to?: { readonly release: string } | { readonly number: number };
  /** Puts the database's back-up back; set by a person who was told which writes that discards. */
  readonly restoresDatabase?: boolean;
  /**
   * Undoes the migrations that it brought by their down files, also where the release that returns runs beside them.
   * Refused where that would lose what was written since, unless that is accepted. Default: those stay.
   */
  readonly undoesMigrations?: boolean;
}

export type RollbackWish = Omit<RollbackRequest, 'at' | 'requestedBy'>;

/**
 * Takes a promotion back. One that still runs turns round; one that has ended is undone by a promotion of its own
 * kind, recorded and verified like any other. Asked twice, the same one does it.
 * @returns the id of the promotion that does it.
 */
export async function rollBack(context: ServiceContext, actor: Actor, command: RollbackCommand): Promise<string> {
  const original = await loadPromotion(context, command.promotionId);
  const { application, toEnvironment } = original;
  await context.authorizer.require(actor, 'rollback', { application, environment: toEnvironment });
  const wish: RollbackWish = {
    trigger: 'manual',
    reason: storable(command.reason),
    acceptsDataLoss: command.acceptsDataLoss ?? false,
    ...(command.restoresDatabase === true ? { restoresDatabase: true } : {}),
    ...(command.undoesMigrations === true ? { undoesMigrations: true } : {}),
  };
  const choice = await chooseRollback(context, command);
  if (command.undoesMigrations === true && choice.kind !== 'under-way') {
    await planUndoneMigrations(context, choice, command);
  }
  switch (choice.kind) {
    case 'under-way':
      await context.dispatch();
      return choice.underWay ?? choice.promotion.id;
    case 'turn-round':
      await changePromotion(context, choice.promotion.id, (draft) => {
        turnRound(draft, actor, wish, context);
      });
      return choice.promotion.id;
    case 'undo':
      return begin(context, actor, choice.promotion, choice.to === undefined ? wish : { ...wish, to: choice.to });
  }
}

async function begin(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
  wish: RollbackWish,
): Promise<string> {
  const holder = await slotHolder(context, original.application, original.toEnvironment);
  if (holder !== undefined && holder.rollbackOf !== original.id) await preemptHealthWait(context, actor, holder);
  const release = await context.store.loadRelease(original.releaseId);
  if (release === undefined) throw new NotFoundError(`release ${original.releaseId} is not in the store`);
  const reverted = await freeTheWay(context, actor, original, release, wish);
  const id = await storeRollback(context, actor, { original, release, wish, reverted });
  const rollback = await loadPromotion(context, id);
  if (isEndState(rollback.state)) {
    throw new RefusedError(
      `${id} was to take it back and did not get there (${describeState(rollback.state)}); try that one again: promote retry ${id}`,
    );
  }
  if (rollback.rollback?.to?.releaseId !== wish.to?.releaseId) {
    const target = rollback.rollback?.to?.release ?? 'the release before';
    throw new RefusedError(`${id} is taking it back to ${target} already; wait for its end`);
  }
  await context.dispatch();
  return id;
}

/**
 * Makes sure that nothing removes what the release that returns needs while it is on its way back.
 * @returns the contract migrations that must be undone before it can serve; none where the database goes back as a whole,
 *   or to a chosen release, which `deploy` sees to when it is undone.
 */
async function freeTheWay(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
  release: Release,
  wish: RollbackWish,
): Promise<readonly number[]> {
  const { toEnvironment } = original;
  if (wish.to !== undefined || wish.restoresDatabase === true) {
    await withholdContracts(context, actor, original);
    return [];
  }
  refuseIrreversible(await findContractsInTheWay(context, original, release), toEnvironment, wish.acceptsDataLoss);
  await withholdContracts(context, actor, original);
  // Once more: one may have ended between the question and its being withheld.
  const inTheWay = await findContractsInTheWay(context, original, release);
  refuseIrreversible(inTheWay, toEnvironment, wish.acceptsDataLoss);
  return inTheWay.migrations.map(({ version }) => version);
}
