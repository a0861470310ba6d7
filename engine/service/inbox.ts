import { isAuthorized, rolesIn } from '../authorization.ts';
import type { ListPlace } from '../store/list-place.ts';
import type { StoredOpenItem } from '../store/open-item-store.ts';
import type { PromotionSummary } from '../store/overview-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { askedOf, type Asking } from './asked-of.ts';
import type { ServiceContext } from './service-context.ts';

export interface Inbox {
  /** What somebody can do something about, what has waited longest first. */
  readonly entries: readonly Asking[];
  /** What was left to be done where whoever asks may say that it is done, oldest first. */
  readonly openItems: readonly StoredOpenItem[];
  /** Whether there is more than is told. */
  readonly isCut: boolean;
}

/** So many of those that wait are read at a time. */
const batchSize = 500;

/** What waits for somebody: approvals that would count, items he may tick, and rollbacks that only a person can mend. */
export async function readInbox(context: ServiceContext, actor: Actor, limit: number): Promise<Inbox> {
  const { store, authorizer } = context;
  authorizer.requireIdentity(actor);
  const [bindings, stuck, waiting, openItems] = await Promise.all([
    authorizer.bindingsOf(actor),
    store.overview.summaries({ states: ['ROLLBACK_FAILED'], limit: batchSize, holdsSlot: true }),
    everyWaiting(context),
    store.openItems({}),
  ]);
  const every = await askedOf(store, actor, bindings, [...stuck.toReversed(), ...waiting.toReversed()]);
  const closable = openItems.filter(({ application, environment, kind }) =>
    isAuthorized(rolesIn(bindings, actor, { application, environment }), kind === 'checklist' ? 'tick' : 'close-item'),
  );
  return {
    entries: every.slice(0, limit),
    openItems: closable.slice(0, limit),
    isCut: every.length > limit || closable.length > limit,
  };
}

/** Newest first; however many wait for others, of whom nothing is told. */
async function everyWaiting({ store }: ServiceContext): Promise<readonly PromotionSummary[]> {
  const found: PromotionSummary[] = [];
  for (let before: ListPlace | undefined; ;) {
    const batch = await store.overview.summaries({
      isActive: true,
      waitingFor: ['approval', 'checklist'],
      limit: batchSize,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...batch);
    const last = batch.at(-1);
    if (last === undefined || batch.length < batchSize) return found;
    before = { at: last.createdAt, id: last.id };
  }
}
