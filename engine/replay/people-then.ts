import { NotAuthorizedError, type Authorizer } from '../authorization.ts';
import type { Release } from '../release.ts';
import { stageToApprove } from '../service/decide-approval.ts';
import { stageToReject } from '../service/reject-promotion.ts';
import { RefusedError } from '../service/service-errors.ts';
import { refuseTicking } from '../service/tick-item.ts';
import { checklistStanding } from '../workflow/checklist.ts';
import type { ChecklistTick } from '../workflow/environment-record.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Vote } from '../workflow/step-queries.ts';
import type { PastEntry } from './past.ts';
import type { PastStore, PeopleOfPromotion } from './past-store.ts';

/** What a promotion is when somebody does something about it. */
export interface Attended {
  readonly record: PromotionRecord & { readonly planHash: string };
  readonly release: Release;
  /** Which votes it takes where it stands; a plan that was made can always be rejected. */
  readonly asksFor: 'approval' | 'rejection' | 'nothing';
}

/**
 * What people really did with a promotion, each at his time: it counts where the other rules let him do it. An approval
 * counts in the stage whose turn it then is.
 */
export class PeopleThen implements PeopleOfPromotion {
  readonly #acts: readonly PastEntry[];
  readonly #store: PastStore;
  readonly #authorizer: Authorizer;
  readonly #votes: Vote[] = [];
  readonly #ticks: ChecklistTick[] = [];
  #done = 0;

  constructor(entries: readonly PastEntry[], store: PastStore, authorizer: Authorizer) {
    this.#acts = entries.filter(isAct);
    this.#store = store;
    this.#authorizer = authorizer;
  }

  get votes(): readonly Vote[] {
    return this.#votes;
  }

  get ticks(): readonly ChecklistTick[] {
    return this.#ticks;
  }

  /** When somebody does something next; undefined: nobody did anything more. */
  get nextAt(): Date | undefined {
    return this.#acts[this.#done]?.at;
  }

  /** Does the next thing, which somebody did at the moment that is looked at. */
  async doNext(attended: Attended): Promise<void> {
    const act = this.#acts[this.#done];
    this.#done += 1;
    if (act === undefined) return;
    try {
      await (act.type === 'checklist-ticked' ? this.#tick(act, attended) : this.#vote(act, attended));
    } catch (error) {
      if (!(error instanceof RefusedError) && !(error instanceof NotAuthorizedError)) throw error;
    }
  }

  async #vote({ actor, at, type, data }: PastEntry, { record, release, asksFor }: Attended): Promise<void> {
    const decision = type === 'approval-given' ? 'approved' : 'rejected';
    if (asksFor === 'nothing' || (asksFor === 'rejection' && decision === 'approved')) return;
    const held = await this.#authorizer.rolesOf(actor, scopeOf(record));
    const ballot = { record, release, votes: this.#votes };
    const { name: stage } =
      decision === 'rejected'
        ? stageToReject(actor, held, record, release)
        : await stageToApprove({ store: this.#store }, actor, held, ballot);
    const comment = typeof data['comment'] === 'string' ? data['comment'] : undefined;
    this.#votes.push({ stage, actor: actor.id, decision, planHash: record.planHash, comment, at });
  }

  async #tick({ actor, at, data }: PastEntry, { record }: Attended): Promise<void> {
    const standing = checklistStanding(record, this.#ticks).find(
      ({ requirement }) => requirement.item === data['item'],
    );
    if (standing?.state !== 'open') return;
    const { requirement } = standing;
    const held = await this.#authorizer.rolesOf(actor, scopeOf(record));
    await refuseTicking(this.#authorizer, actor, held, requirement, scopeOf(record));
    const note = typeof data['note'] === 'string' ? data['note'] : undefined;
    this.#ticks.push({ item: requirement.item, phase: requirement.phase, tickedBy: actor.id, note, at });
  }
}

function scopeOf({ application, toEnvironment }: PromotionRecord) {
  return { application, environment: toEnvironment };
}

/** What gates ticked is found out anew. */
function isAct({ type, data }: PastEntry): boolean {
  if (type === 'approval-given' || type === 'approval-refused') return true;
  const by = data['by'];
  return type === 'checklist-ticked' && !(typeof by === 'string' && by.startsWith('gate:'));
}
