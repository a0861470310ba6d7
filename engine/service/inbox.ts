import { isAuthorized, rolesIn, type Scope } from '../authorization.ts';
import type { Release } from '../release.ts';
import type { StoredOpenItem } from '../store/open-item-store.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Vote } from '../workflow/step-queries.ts';
import { withVotesCounted } from '../workflow/with-votes-counted.ts';
import { isAsked, stageToApprove } from './decide-approval.ts';
import { withReleaseNames, type NamedPromotion } from './page-promotions.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';
import { isForSomeItem } from './tick-item.ts';

/** A promotion that somebody can do something about, and what. */
export interface InboxEntry extends NamedPromotion {
  readonly asks: 'approval' | 'checklist' | 'rollback-failed';
  /** Of an approval: the stage in which it would count. */
  readonly stage: string | undefined;
}

export interface Inbox {
  /** What has waited longest first. */
  readonly entries: readonly InboxEntry[];
  /** What was left to be done where whoever asks may say that it is done, oldest first. */
  readonly openItems: readonly StoredOpenItem[];
  /** Whether there is more than is told. */
  readonly isCut: boolean;
}

interface Asking {
  readonly promotion: PromotionRecord;
  readonly asks: InboxEntry['asks'];
  readonly stage?: string;
}

/** More waiting promotions than these are not looked through. */
const mostWaiting = 500;

/** What waits for somebody: approvals that would count, items he may tick, and rollbacks that only a person can mend. */
export async function readInbox(context: ServiceContext, actor: Actor, limit: number): Promise<Inbox> {
  const { store, authorizer } = context;
  authorizer.requireIdentity(actor);
  const [waiting, stuck, bindings, openItems] = await Promise.all([
    store.listPromotions({ isActive: true, waitingFor: ['approval', 'checklist'], limit: mostWaiting }),
    store.listPromotions({ states: ['ROLLBACK_FAILED'], limit: limit + 1, holdsSlot: true }),
    store.roleBindings(actor.id),
    store.openItems({}),
  ]);
  const rolesAt = (scope: Scope): readonly string[] => rolesIn(bindings, actor, scope);
  const mine = waiting.filter((promotion) => {
    const held = rolesAt(scopeOf(promotion));
    return promotion.parked?.reason === 'approval'
      ? isAsked(promotion, actor, held)
      : isForSomeItem(promotion, actor, held) || isAuthorized(held, 'tick');
  });
  const asked = mine.filter(({ parked }) => parked?.reason === 'approval');
  const votes = await store.votesOf(asked.map(({ id }) => id));
  const releases = await releasesOf(store, asked);
  const entries: Asking[] = [];
  for (const promotion of mine.toReversed()) {
    if (promotion.parked?.reason !== 'approval') {
      entries.push({ promotion, asks: 'checklist' });
      continue;
    }
    const own = votes.get(promotion.id) ?? [];
    const release = releases.get(promotion.releaseId);
    const stage = await stageFor(context, actor, rolesAt(scopeOf(promotion)), promotion, release, own);
    if (stage === undefined) continue;
    entries.push({ promotion: withVotesCounted(promotion, release, own), asks: 'approval', stage });
  }
  const mended = stuck.filter((promotion) => isAuthorized(rolesAt(scopeOf(promotion)), 'retry'));
  const every: readonly Asking[] = [
    ...mended.toReversed().map((promotion) => ({ promotion, asks: 'rollback-failed' as const })),
    ...entries,
  ];
  const shown = every.slice(0, limit);
  const named = await withReleaseNames(
    context,
    shown.map(({ promotion }) => promotion),
  );
  const closable = openItems.filter(({ application, environment, kind }) =>
    isAuthorized(rolesAt({ application, environment }), kind === 'checklist' ? 'tick' : 'close-item'),
  );
  return {
    entries: named.map((each, index) => {
      return { ...each, asks: every[index]?.asks ?? 'approval', stage: every[index]?.stage };
    }),
    openItems: closable.slice(0, limit),
    isCut: every.length > limit || closable.length > limit || waiting.length === mostWaiting,
  };
}

function scopeOf({ application, toEnvironment }: PromotionRecord): Scope {
  return { application, environment: toEnvironment };
}

async function releasesOf(
  store: ServiceStore,
  promotions: readonly PromotionRecord[],
): Promise<ReadonlyMap<string, Release>> {
  const ids = [...new Set(promotions.map(({ releaseId }) => releaseId))];
  const releases = await Promise.all(ids.map((id) => store.loadRelease(id)));
  return new Map(releases.flatMap((release) => (release === undefined ? [] : [[release.id, release] as const])));
}

/** The stage in which his approval would count; undefined: it would not, as things are. */
async function stageFor(
  context: ServiceContext,
  actor: Actor,
  held: readonly string[],
  promotion: PromotionRecord,
  release: Release | undefined,
  votes: readonly Vote[],
): Promise<string | undefined> {
  const { planHash } = promotion;
  if (planHash === undefined) return undefined;
  try {
    const ballot = { record: { ...promotion, planHash }, release, votes };
    return (await stageToApprove(context, actor, held, ballot)).name;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}
