import type { Authorizer, Scope } from '../authorization.ts';
import type { Actor } from '../workflow/actor.ts';
import { checklistStanding, type ItemStanding } from '../workflow/checklist.ts';
import type { ChecklistItem, Definition } from '../workflow/definition.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState } from '../workflow/state.ts';
import { storable } from '../workflow/storable.ts';
import { isAsked } from './decide-approval.ts';
import { isNamedIn } from './overrides.ts';
import { changePromotion, loadPromotion, type ServiceContext } from './service-context.ts';
import { NotFoundError, RefusedError, suggestionFor } from './service-errors.ts';

export interface TickRequest {
  readonly promotionId: string;
  /** The item's words, or its number in the checklist, from 1. */
  readonly item: string;
  /** Kept with the tick: where it can be seen that it was done. */
  readonly note?: string | undefined;
}

/** Ticks one item of a promotion's checklist in a person's name. Ticking it again changes nothing. @returns the item. */
export async function tickItem(context: ServiceContext, actor: Actor, request: TickRequest): Promise<ItemStanding> {
  const { promotionId } = request;
  const loaded = await loadPromotion(context, promotionId);
  const scope = { application: loaded.application, environment: loaded.toEnvironment };
  const held = await context.authorizer.rolesOf(actor, scope);
  if (isForSomeItem(loaded, actor, held) || isAsked(loaded, actor, held)) context.authorizer.requireIdentity(actor);
  else {
    const items = checklistStanding(loaded, await context.store.ticks(promotionId));
    // That a gate ticks it is the business of everybody who may look: no person needs to, whoever he is.
    const isForNobody = ['ticked-by-gate', 'overruled'].includes(namedItem(items, request.item)?.state ?? '');
    await context.authorizer.require(actor, isForNobody ? 'read' : 'tick', scope);
  }

  let ticked: ItemStanding | undefined;
  await changePromotion(context, promotionId, async (draft) => {
    const { record } = draft;
    const items = checklistStanding(record, await context.store.ticks(promotionId));
    const standing: ItemStanding = findItem(record, items, request.item);
    refuseTickedByGate(standing);
    const { requirement, state, by } = standing;
    await refuseTicking(context.authorizer, actor, held, requirement, scope);
    refuseTooLate(record, requirement);
    refuseTooEarly(record, requirement);
    const at = context.clock.now();
    const note = storable(request.note);
    switch (state) {
      case 'open':
        draft.tick({ item: requirement.item, phase: requirement.phase, tickedBy: actor.id, note, at }, actor);
        if (record.state === 'PENDING_APPROVAL') draft.makeDue();
        ticked = { ...standing, state: 'ticked-by-person', by: actor.id, note, at };
        return;
      case 'ticked-by-person':
        if (by !== actor.id) throw new RefusedError(`"${requirement.item}" was ticked by ${by ?? 'somebody'} already`);
        ticked = standing;
        return;
    }
  });
  if (ticked === undefined) throw new Error(`${promotionId}: nothing was ticked`);
  return ticked;
}

/** @param held roles that whoever ticks holds there. @throws RefusedError, NotAuthorizedError when the item is for others. */
export async function refuseTicking(
  authorizer: Pick<Authorizer, 'require'>,
  actor: Actor,
  held: readonly string[],
  item: ChecklistItem,
  scope: Scope,
): Promise<void> {
  if (item.by === undefined) await authorizer.require(actor, 'tick', scope);
  else if (!isFor(item, actor, held)) throw new RefusedError(`"${item.item}" is ticked by the role ${item.by}`);
}

/** Nobody needs to tick it, whoever he is: that is told before what he may. */
function refuseTickedByGate(
  standing: ItemStanding,
): asserts standing is ItemStanding & { readonly state: 'open' | 'ticked-by-person' } {
  const { requirement, state, by, note } = standing;
  const { item } = requirement;
  if (state === 'ticked-by-gate') throw new RefusedError(`"${item}" was ticked by the gate ${by ?? ''}: ${note ?? ''}`);
  if (state === 'overruled')
    throw new RefusedError(`"${item}" is not asked for any more: ${by ?? ''} overruled its gate`);
}

function namedItem(items: readonly ItemStanding[], word: string): ItemStanding | undefined {
  return items.find(({ requirement, number }) => requirement.item === word || String(number) === word);
}

function findItem(record: PromotionRecord, items: readonly ItemStanding[], word: string): ItemStanding {
  const named = namedItem(items, word);
  if (named !== undefined) return named;
  if (items.length === 0) throw new NotFoundError(`${record.id} has no checklist`);
  const known = items.map(({ requirement }) => requirement.item);
  const list = items.map(({ requirement, number }) => `${String(number)} "${requirement.item}"`).join(', ');
  throw new NotFoundError(
    `${record.id} has no item ${JSON.stringify(word)}.${suggestionFor(word, known)} It has ${list}`,
  );
}

/** Whether the checklist has an item for a role that somebody holds. */
export function isForSomeItem(
  { definition }: { readonly definition: Pick<Definition, 'checklist'> },
  actor: Actor,
  held: readonly string[],
): boolean {
  return (definition.checklist ?? []).some((item) => item.by !== undefined && isFor(item, actor, held));
}

function isFor({ by, people }: ChecklistItem, actor: Actor, held: readonly string[]): boolean {
  return isNamedIn({ roles: by === undefined ? [] : [by], people }, actor, held);
}

/** What belongs before the promotion is not ticked once it has ended, nor what belongs behind one that came to nothing. */
function refuseTooLate({ id, state }: PromotionRecord, { item, phase }: ChecklistItem): void {
  if (!isEndState(state) || (state === 'FAILED' && phase === 'before')) return;
  if (phase === 'after' && state === 'COMPLETED_SUCCESSFULLY') return;
  throw new RefusedError(`${id} has ended (${state}); "${item}" is not asked for any more`);
}

/** What belongs behind the promotion can only be seen once the release runs there. */
function refuseTooEarly({ id, state, steps, toEnvironment }: PromotionRecord, { item, phase }: ChecklistItem): void {
  if (phase === 'before' || state === 'COMPLETED_SUCCESSFULLY') return;
  const isBeingTakenBack = state === 'PROMOTION_FAILED' || state === 'ROLLING_BACK';
  if (!isBeingTakenBack && steps.some(({ name, status }) => name === 'deploy' && status === 'done')) return;
  const when = isBeingTakenBack
    ? 'is being taken back, so it is not asked for'
    : `has not deployed to ${toEnvironment} yet; tick it then`;
  throw new RefusedError(`"${item}" belongs behind the promotion, and ${id} ${when}`);
}
