import { stepsToCompensate } from '../workflow/decide.ts';
import type { PromotionRecord, RollbackTarget } from '../workflow/promotion.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { describeState, isEndState } from '../workflow/state.ts';
import { refuseToUndoLater } from './kept-migrations.ts';
import { refuseToPreempt, slotHolder } from './preempt-health-wait.ts';
import { refuseWhenOvertaken } from './refuse-when-overtaken.ts';
import type { RollbackCommand } from './rollback.ts';
import { chooseRevision, promotionsSince, readRevisions, type Revision } from './rollback-target.ts';
import { loadPromotion, type ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { rollbackKey } from './store-rollback.ts';
import { refuseToTurnRound } from './turn-round.ts';

/** What a rollback comes to, as everything stands now. */
export interface RollbackChoice {
  /** `turn-round`: it still runs; `undo`: a promotion of its own takes it back; `under-way`: one does so already. */
  readonly kind: 'turn-round' | 'undo' | 'under-way';
  /** The newest promotion that is taken back. */
  readonly promotion: PromotionRecord;
  /** Everything that is taken back, newest first. */
  readonly takesBack: readonly PromotionRecord[];
  /** Set when more than one promotion, or another one's release, decides what serves again. */
  readonly to: RollbackTarget | undefined;
  /** What serves again, where that is known. */
  readonly returnsTo: Revision | undefined;
  /** The promotion that does it already. */
  readonly underWay: string | undefined;
  /** What holds the environment's slot, and is stopped first. */
  readonly holder: PromotionRecord | undefined;
}

export type RollbackWords = Omit<RollbackCommand, 'reason'>;

/**
 * Reads only: what a rollback would do, for its preview and for itself.
 * @throws RefusedError, NotFoundError when it is refused, with the command that helps.
 */
export async function chooseRollback(context: ServiceContext, words: RollbackWords): Promise<RollbackChoice> {
  const asked = await loadPromotion(context, words.promotionId);
  if (words.undoesMigrations === true && words.to === undefined) await refuseToUndoLater(context, asked);
  const { application, toEnvironment } = asked;
  const acceptsAnyLoss = words.acceptsDataLoss === true || words.restoresDatabase === true;
  const revisions = await readRevisions(context, application, toEnvironment, acceptsAnyLoss);
  const holder = await slotHolder(context, application, toEnvironment);
  if (words.to !== undefined) {
    const target = chooseRevision(revisions, toEnvironment, words.to);
    return choosePast(context, asked, revisions, target, words, holder);
  }
  if (!isEndState(asked.state)) {
    refuseToTurnRound(asked);
    if (words.restoresDatabase === true) refuseWithoutBackUp(asked);
    const returnsTo = ownChoice(revisions, asked);
    return {
      kind: 'turn-round',
      promotion: asked,
      takesBack: [asked],
      to: undefined,
      returnsTo,
      underWay: undefined,
      holder,
    };
  }
  const environments = await context.store.environments(application);
  const running = environments.find(({ name }) => name === toEnvironment)?.promotionId;
  if (running === asked.id && (await keepsItsRelease(context, asked, revisions))) {
    return choosePast(context, asked, revisions, releaseBefore(asked, revisions), words, holder);
  }
  if (words.restoresDatabase === true) refuseWithoutBackUp(asked);
  const underWay = await rollbackUnderWay(context, asked);
  if (underWay === undefined) {
    await refuseImpossibleRollback(context, asked, holder);
    refuseHolder(holder, asked);
  }
  const returnsTo = ownChoice(revisions, asked);
  const kind = underWay === undefined ? 'undo' : 'under-way';
  return { kind, promotion: asked, takesBack: [asked], to: undefined, returnsTo, underWay, holder };
}

/** To a release that was there before: everything since is taken back, by one promotion. */
async function choosePast(
  context: ServiceContext,
  asked: PromotionRecord,
  revisions: readonly Revision[],
  target: Revision,
  { restoresDatabase }: RollbackWords,
  holder: PromotionRecord | undefined,
): Promise<RollbackChoice> {
  const { application, toEnvironment } = asked;
  const since = await promotionsSince(context, application, toEnvironment, revisions, target);
  // What only waits for health goes first, by itself; what remains is taken back behind it.
  const takesBack = since.filter(({ id }) => id !== holder?.id);
  const [newest] = takesBack;
  const common = { returnsTo: target, underWay: undefined, holder };
  if (newest === undefined) {
    if (holder === undefined || !since.some(({ id }) => id === holder.id)) {
      throw nothingSince(asked, target);
    }
    refuseToTurnRound(holder);
    return { kind: 'turn-round', promotion: holder, takesBack: [holder], to: undefined, ...common };
  }
  if (restoresDatabase === true) refuseWithoutBackUp(takesBack.at(-1) ?? newest);
  const to = {
    releaseId: target.release.id,
    release: target.release.name,
    promotions: takesBack.map(({ id, planHash }) => ({ id, planHash: planHash ?? null })),
  };
  const underWay = await rollbackUnderWay(context, newest);
  if (underWay !== undefined) {
    const { rollback } = await loadPromotion(context, underWay);
    if (rollback?.to?.releaseId === to.releaseId) {
      return { kind: 'under-way', promotion: newest, takesBack, to, ...common, underWay };
    }
    throw new RefusedError(
      `${underWay} is taking it back to ${rollback?.to?.release ?? 'the release before'} already; wait for its end: promote logs ${underWay} --follow`,
    );
  }
  await refuseImpossibleRollback(context, newest, holder);
  refuseHolder(holder, newest);
  return { kind: 'undo', promotion: newest, takesBack, to, ...common };
}

/** What a rollback to a release that came and went says when nothing that came since is left to take back. */
export function nothingSince(
  { application, toEnvironment }: Pick<PromotionRecord, 'application' | 'toEnvironment'>,
  { release }: Revision,
): RefusedError {
  return new RefusedError(
    `nothing came to ${toEnvironment} since ${release.name} that was not taken back already; promote run ${application} --release ${release.name} --to ${toEnvironment} --again brings it there`,
  );
}

/** What the engine itself would choose: what runs stays when the promotion has not come so far. */
function ownChoice(revisions: readonly Revision[], { releaseId }: PromotionRecord): Revision | undefined {
  const [running] = revisions;
  if (running !== undefined && running.release.id !== releaseId) return running;
  return revisions.find((revision) => isGoodBeside(revision, releaseId));
}

function isGoodBeside({ release, verifiedAt }: Revision, releaseId: string): boolean {
  return release.id !== releaseId && verifiedAt !== undefined && release.bad === undefined;
}

/**
 * Whether taking only this promotion back would leave its release running: that ran there before it too, brought by
 * another promotion or adopted, or it was taken back before and its release stayed.
 */
async function keepsItsRelease(
  context: ServiceContext,
  { id, application, toEnvironment, releaseId }: PromotionRecord,
  revisions: readonly Revision[],
): Promise<boolean> {
  const [newest] = revisions;
  if (newest?.release.id !== releaseId) return false;
  if (newest.promotionId !== id) return true;
  const takenBack = await context.store.history.takenBack(application, toEnvironment);
  return takenBack.has(id);
}

/** @throws RefusedError when no other release was verified there. */
function releaseBefore(
  { id, application, toEnvironment, releaseId }: PromotionRecord,
  revisions: readonly Revision[],
): Revision {
  const found = revisions.find((revision) => isGoodBeside(revision, releaseId));
  if (found === undefined) {
    const name = revisions[0]?.release.name ?? 'its release';
    throw new RefusedError(
      `${toEnvironment} ran ${name} before ${id} too, and there is no other verified release to return to; promote rollback ${application} --env ${toEnvironment} --list shows why`,
    );
  }
  return chooseRevision(revisions, toEnvironment, { number: found.number });
}

/** @returns the id of the rollback that runs. @throws RefusedError when one has ended, which is never begun anew. */
async function rollbackUnderWay(context: ServiceContext, original: PromotionRecord): Promise<string | undefined> {
  const { id, application, toEnvironment } = original;
  const found = await context.store.findByIdempotencyKey(rollbackKey(id));
  if (found === undefined) return undefined;
  const { state } = await loadPromotion(context, found);
  if (!isEndState(state)) return found;
  if (state === 'ROLLED_BACK') {
    throw new RefusedError(
      `${found} has taken ${id} back already; promote rollback ${application} --env ${toEnvironment} --list shows what can return`,
    );
  }
  throw new RefusedError(
    `${found} was to take it back and did not get there (${describeState(state)}); try that one again: promote retry ${found}`,
  );
}

/** @throws RefusedError when what holds the slot does not make way. */
function refuseHolder(holder: PromotionRecord | undefined, original: PromotionRecord): void {
  if (holder !== undefined && holder.rollbackOf !== original.id && holder.id !== original.id) refuseToPreempt(holder);
}

function refuseWithoutBackUp({ id, steps, toEnvironment, definition }: PromotionRecord): void {
  const output = steps.find(({ name }) => name === 'back-up')?.output;
  if (definition.target.database === undefined) throw new RefusedError(`${toEnvironment} has no database to restore`);
  if (leavesOut(definition, 'back-up')) {
    throw new RefusedError(
      `the rules left out back-up when ${id} was promoted, so there is none of the database of ${toEnvironment} to put back; without --restore-database it is taken back by the down files of its migrations`,
    );
  }
  if (typeof output?.['databaseBackup'] !== 'string') {
    throw new RefusedError(`${id} took no back-up of the database of ${toEnvironment} that could be put back`);
  }
}

/** @param preempted what goes before it by itself, and so is no obstacle. */
async function refuseImpossibleRollback(
  context: ServiceContext,
  original: PromotionRecord,
  preempted: PromotionRecord | undefined,
): Promise<void> {
  const { id, application, toEnvironment, state } = original;
  const listed = `promote rollback ${application} --env ${toEnvironment} --list shows what can return`;
  if (original.kind === 'contract') {
    throw new RefusedError(`${id} only ran contract migrations; roll back ${original.contractOf ?? 'its promotion'}`);
  }
  if (state === 'ROLLBACK_FAILED') {
    throw new RefusedError(`${id} stopped half-way while it was taken back; go on with that: promote retry ${id}`);
  }
  if (original.kind === 'rollback')
    throw new RefusedError(`${id} is a rollback; a rollback is never rolled back; ${listed}`);
  if (state === 'ROLLED_BACK') throw new RefusedError(`${id} was taken back already; ${listed}`);
  if (state !== 'COMPLETED_SUCCESSFULLY' && state !== 'FAILED') {
    throw new RefusedError(`${id} ended (${describeState(state)}) and left nothing to take back; ${listed}`);
  }
  if (stepsToCompensate(original).length === 0) {
    throw new RefusedError(`${id} changed nothing in ${toEnvironment}; there is nothing of it to take back`);
  }
  const environments = await context.store.environments(application);
  const environment = environments.find(({ name }) => name === toEnvironment);
  const running = environment?.promotionId;
  if (running === id || (preempted !== undefined && running === preempted.id)) return;
  // What failed before its deployment is not what runs, and may have changed the database or the flags all the same.
  if (state === 'FAILED') {
    await refuseWhenOvertaken(context, original);
    return;
  }
  if (running === undefined) {
    throw new RefusedError(
      `${toEnvironment} runs what no promotion brought since ${id}; promote what should run there`,
    );
  }
  // One that brought its release once more and was taken back has left what this one brought.
  const takenBack = await context.store.history.takenBack(application, toEnvironment);
  if (takenBack.has(running) && environment?.release?.id === original.releaseId) return;
  throw new RefusedError(
    `${toEnvironment} was changed since by ${running}; take that back first: promote rollback ${running}`,
  );
}
