import type { Release } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { stepsToCompensate } from '../workflow/decide.ts';
import type { PromotionRecord, RollbackRequest } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { findContractsInTheWay, refuseIrreversible, withholdContracts } from './contracts-in-the-way.ts';
import { preemptHealthWait, slotHolder } from './preempt-health-wait.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import { chooseRevision, promotionsSince, readRevisions } from './rollback-target.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError } from './service-errors.ts';
import { storeRollback } from './store-rollback.ts';
import { turnRound } from './turn-round.ts';

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
  };
  if (command.to !== undefined) return rollBackTo(context, actor, original, command.to, wish);
  if (wish.restoresDatabase === true) refuseWithoutBackUp(original);
  if (!isEndState(original.state)) {
    await changePromotion(context, original.id, (draft) => {
      turnRound(draft, actor, wish, context);
    });
    return original.id;
  }
  await refuseImpossibleRollback(context, original);
  return begin(context, actor, original, wish);
}

/** To any release that was verified there before: everything since is taken back, by one promotion. */
async function rollBackTo(
  context: ServiceContext,
  actor: Actor,
  original: PromotionRecord,
  to: NonNullable<RollbackCommand['to']>,
  wish: RollbackWish,
): Promise<string> {
  const { application, toEnvironment } = original;
  const revisions = await readRevisions(context, application, toEnvironment, acceptsAnyLoss(wish));
  const target = chooseRevision(revisions, toEnvironment, to);
  const since = await promotionsSince(context, application, toEnvironment, revisions, target);
  const holder = await slotHolder(context, application, toEnvironment);
  // What only waits for health goes first, by itself; what remains is taken back behind it.
  const ended = since.filter(({ id }) => id !== holder?.id);
  const [newest] = ended;
  if (newest === undefined) {
    if (holder === undefined) throw new RefusedError(`nothing came to ${toEnvironment} since ${target.release.name}`);
    await changePromotion(context, holder.id, (draft) => {
      turnRound(draft, actor, wish, context);
    });
    return holder.id;
  }
  if (wish.restoresDatabase === true) refuseWithoutBackUp(ended.at(-1) ?? newest);
  await refuseImpossibleRollback(context, newest, holder);
  return begin(context, actor, newest, {
    ...wish,
    to: {
      releaseId: target.release.id,
      release: target.release.name,
      promotions: ended.map(({ id, planHash }) => ({ id, planHash: planHash ?? null })),
    },
  });
}

/** With the back-up put back, the schema comes with the rows, and whoever asked has been told what is lost. */
function acceptsAnyLoss({ acceptsDataLoss, restoresDatabase }: RollbackWish): boolean {
  return acceptsDataLoss || restoresDatabase === true;
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
      `${id} was to take it back and is ${rollback.state}; try that one again: promote retry ${id}`,
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

function refuseWithoutBackUp({ id, steps, toEnvironment, definition }: PromotionRecord): void {
  const output = steps.find(({ name }) => name === 'back-up')?.output;
  if (definition.target.database === undefined) throw new RefusedError(`${toEnvironment} has no database to restore`);
  if (typeof output?.['databaseBackup'] !== 'string') {
    throw new RefusedError(`${id} took no back-up of the database of ${toEnvironment} that could be put back`);
  }
}

/** @param preempted what goes before it by itself, and so is no obstacle. */
async function refuseImpossibleRollback(
  context: ServiceContext,
  original: PromotionRecord,
  preempted?: PromotionRecord,
): Promise<void> {
  const { id, application, toEnvironment } = original;
  if (original.kind === 'contract') {
    throw new RefusedError(`${id} only ran contract migrations; roll back ${original.contractOf ?? 'its promotion'}`);
  }
  if (original.kind === 'rollback') throw new RefusedError(`${id} is a rollback; a rollback is never rolled back`);
  if (original.state !== 'COMPLETED_SUCCESSFULLY' && original.state !== 'FAILED') {
    throw new RefusedError(`${id} ended as ${original.state}; there is nothing of it to take back`);
  }
  if (stepsToCompensate(original).length === 0) {
    throw new RefusedError(`${id} changed nothing in ${toEnvironment}; there is nothing of it to take back`);
  }
  const environments = await context.store.environments(application);
  const environment = environments.find(({ name }) => name === toEnvironment);
  const running = environment?.promotionId;
  if (running === id || (preempted !== undefined && running === preempted.id)) return;
  // What failed before its deployment is not what runs, and may have changed the database or the flags all the same.
  if (original.state === 'FAILED') {
    await refuseWhenOvertaken(context, original);
  } else {
    throw new RefusedError(
      running === undefined
        ? `${toEnvironment} runs what no promotion brought since ${id}; promote what should run there`
        : `${toEnvironment} was changed since by ${running}; take that back first`,
    );
  }
}
