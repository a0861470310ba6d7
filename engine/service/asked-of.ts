import { isAuthorized, rolesIn, type RoleSource, type Scope } from '../authorization.ts';
import type { PromotionSummary } from '../store/overview-store.ts';
import type { RoleBinding } from '../store/role-store.ts';
import type { ServiceStore } from '../store/service-store.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ApprovedChange } from '../workflow/approvals.ts';
import type { Vote } from '../workflow/step-queries.ts';
import { withVotesCounted } from '../workflow/with-votes-counted.ts';
import { isAsked, stageToApprove } from './decide-approval.ts';
import { RefusedError } from './service-errors.ts';
import { isForSomeItem } from './tick-item.ts';

/** What a promotion asks somebody for. */
export type Asks = 'approval' | 'checklist' | 'rollback-failed';

/** A promotion that somebody can do something about, and what. */
export interface Asking {
  /** Telling what it waits for by the votes there are. */
  readonly promotion: PromotionSummary;
  readonly asks: Asks;
  /** Of an approval: the stage in which it would count. */
  readonly stage: string | undefined;
}

type Bindings = Awaited<ReturnType<RoleSource['roleBindings']>>;
type AskedStore = Pick<ServiceStore, 'votesOf' | 'allRoleBindings'>;

/**
 * Those of some promotions that somebody can do something about, in their order: approvals that would count, items that he
 * may tick, and rollbacks that only a person can mend.
 * @param bindings of whoever is asked.
 */
export async function askedOf(
  store: AskedStore,
  actor: Actor,
  bindings: Bindings,
  promotions: readonly PromotionSummary[],
): Promise<readonly Asking[]> {
  const rolesAt = ({ application, toEnvironment }: PromotionSummary): readonly string[] =>
    rolesIn(bindings, actor, { application, environment: toEnvironment } satisfies Scope);
  const mine = promotions.filter((promotion) => mayConcern(promotion, actor, rolesAt(promotion)));
  const votes = await store.votesOf(mine.filter(isForApproval).map(({ id }) => id));
  const holders = { holdersOf: holdersOnce(store) };
  const asking: Asking[] = [];
  for (const promotion of mine) {
    if (isForApproval(promotion)) {
      const own = votes.get(promotion.id) ?? [];
      const stage = await stageFor(holders, actor, rolesAt(promotion), promotion, own);
      const told = withVotesCounted(promotion, authored(promotion), own);
      if (stage !== undefined) asking.push({ promotion: told, asks: 'approval', stage });
    } else {
      const asks = promotion.state === 'ROLLBACK_FAILED' ? 'rollback-failed' : 'checklist';
      asking.push({ promotion, asks, stage: undefined });
    }
  }
  return asking;
}

/** Whether there may be something to do for somebody; whether his approval counts is another question. */
function mayConcern(promotion: PromotionSummary, actor: Actor, held: readonly string[]): boolean {
  const { definition, parked, state } = promotion;
  if (state === 'ROLLBACK_FAILED') return isAuthorized(held, 'retry');
  if (definition === undefined) return false;
  if (parked?.reason === 'approval') return isAsked({ definition }, actor, held);
  return parked?.reason === 'checklist' && (isForSomeItem({ definition }, actor, held) || isAuthorized(held, 'tick'));
}

function isForApproval(promotion: PromotionSummary): promotion is PromotionSummary & ApprovedChange {
  return promotion.parked?.reason === 'approval' && promotion.definition !== undefined;
}

/** The stage in which his approval would count; undefined: it would not, as things are. */
async function stageFor(
  store: Pick<ServiceStore, 'holdersOf'>,
  actor: Actor,
  held: readonly string[],
  promotion: PromotionSummary & ApprovedChange,
  votes: readonly Vote[],
): Promise<string | undefined> {
  const { planHash } = promotion;
  if (planHash === undefined) return undefined;
  try {
    const ballot = { record: { ...promotion, planHash }, release: authored(promotion), votes };
    return (await stageToApprove({ store }, actor, held, ballot)).name;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

function authored({ authors }: PromotionSummary) {
  return { content: { source: { authors } } };
}

/** Who holds a role somewhere, of all bindings, which are read once and only when that is asked. */
function holdersOnce(store: Pick<ServiceStore, 'allRoleBindings'>): ServiceStore['holdersOf'] {
  let read: Promise<readonly RoleBinding[]> | undefined;
  return async (role, application, environment) => {
    read ??= store.allRoleBindings();
    const holders = (await read).filter(
      (binding) =>
        binding.role === role &&
        ['*', application].includes(binding.application) &&
        ['*', environment].includes(binding.environment),
    );
    return [...new Set(holders.map(({ subject }) => subject))];
  };
}
