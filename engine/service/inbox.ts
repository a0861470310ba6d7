import { isAuthorized, rolesIn } from '../authorization.ts';
import type { ListPlace } from '../store/list-place.ts';
import type { StoredOpenItem } from '../store/open-item-store.ts';
import type { PromotionSummary } from '../store/overview-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { askedOf, type Asking } from './asked-of.ts';
import type { Vote } from '../workflow/step-queries.ts';
import type { ServiceContext } from './service-context.ts';
import { unshared } from './sharing.ts';

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
export async function readInbox(
  context: ServiceContext,
  actor: Actor,
  limit: number,
  sharing = unshared,
): Promise<Inbox> {
  const { store, authorizer } = context;
  authorizer.requireIdentity(actor);
  const [bindings, { waiting, openItems, votes }] = await Promise.all([
    authorizer.bindingsOf(actor),
    sharing.of('waiting', () => readWaiting(context)),
  ]);
  const votesOf = { votesOf: () => Promise.resolve(votes), allRoleBindings: () => store.allRoleBindings() };
  const every = await askedOf(votesOf, actor, bindings, waiting);
  const closable = openItems.filter(({ application, environment, kind }) =>
    isAuthorized(rolesIn(bindings, actor, { application, environment }), kind === 'checklist' ? 'tick' : 'close-item'),
  );
  return {
    entries: every.slice(0, limit),
    openItems: closable.slice(0, limit),
    isCut: every.length > limit || closable.length > limit,
  };
}

interface Waiting {
  /** What nobody could take back, then what waits for people, the longest first. */
  readonly waiting: readonly PromotionSummary[];
  readonly votes: ReadonlyMap<string, readonly Vote[]>;
  readonly openItems: readonly StoredOpenItem[];
}

/** Everything that waits for anybody: the same for all, of which each is told what is for him. */
async function readWaiting(context: ServiceContext): Promise<Waiting> {
  const { store } = context;
  const [stuck, waiting, openItems] = await Promise.all([
    store.overview.summaries({ states: ['ROLLBACK_FAILED'], limit: batchSize, holdsSlot: true }),
    everyWaiting(context),
    store.openItems({}),
  ]);
  const forApproval = waiting.filter(({ parked }) => parked?.reason === 'approval');
  return {
    waiting: [...stuck.toReversed(), ...waiting.toReversed()],
    votes: await store.votesOf(forApproval.map(({ id }) => id)),
    openItems,
  };
}

/** Newest first. */
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
