import type { Evidence } from '../evidence/evidence.ts';
import type { Plan } from '../plan/plan.ts';
import type { Release } from '../release.ts';
import type { StoredOpenItem } from '../store/open-item-store.ts';
import type { ChangeEntry, ChecklistTick } from '../workflow/environment-record.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { StepQueries, Vote } from '../workflow/step-queries.ts';
import type { ChainedEvent } from '../workflow/transition.ts';

/** All that is stored about a promotion and belongs into its report. */
export interface ReportFacts {
  readonly promotion: PromotionRecord;
  readonly release: Release;
  readonly plan: Plan | undefined;
  /** Its audit trail, oldest first. */
  readonly events: readonly ChainedEvent[];
  readonly votes: readonly Vote[];
  readonly ticks: readonly ChecklistTick[];
  readonly changes: readonly ChangeEntry[];
  readonly openItems: readonly StoredOpenItem[];
  readonly evidence: readonly Evidence[];
}

export type ReportQueries = Pick<
  StepQueries,
  'events' | 'votes' | 'ticks' | 'changesOf' | 'openItems' | 'evidence' | 'plan'
>;

/** @param promotion as it stands; what came to its trail since is left out. */
export async function readReportFacts(
  queries: ReportQueries,
  promotion: PromotionRecord,
  release: Release,
): Promise<ReportFacts> {
  const { id, planHash } = promotion;
  const [plan, events, votes, ticks, changes, openItems, evidence] = await Promise.all([
    planHash === undefined ? undefined : queries.plan(planHash),
    queries.events(id),
    queries.votes(id),
    queries.ticks(id),
    queries.changesOf(id),
    queries.openItems({ promotionId: id }),
    queries.evidence(release.digest),
  ]);
  const known = events.filter(({ seq }) => seq <= promotion.eventSeq);
  return { promotion, release, plan, events: known, votes, ticks, changes, openItems, evidence };
}
