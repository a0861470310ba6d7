import { namesWhere } from '../workflow/actor.ts';
import type { PromotionReport } from './promotion-report.ts';

/** The report as people read it: whoever somebody else spoke for is shown so wherever he is named. */
export function withNames(report: PromotionReport): PromotionReport {
  const { promotion, outcome, approvals, spokenFor } = report;
  const name = namesWhere(new Map(Object.entries(spokenFor)));
  const nameOrNull = (id: string | null): string | null => (id === null ? null : name(id));
  const { rollback } = outcome;
  return {
    ...report,
    promotion: { ...promotion, requestedBy: { ...promotion.requestedBy, id: name(promotion.requestedBy.id) } },
    outcome: {
      ...outcome,
      rollback:
        rollback === null
          ? null
          : { ...rollback, requestedBy: name(rollback.requestedBy), confirmedBy: nameOrNull(rollback.confirmedBy) },
    },
    checks: report.checks.map((check) => ({ ...check, forcedBy: nameOrNull(check.forcedBy) })),
    approvals: { ...approvals, votes: approvals.votes.map((vote) => ({ ...vote, by: name(vote.by) })) },
    overrides: report.overrides.map((override) => ({ ...override, by: name(override.by) })),
    checklist: report.checklist.map((item) => ({ ...item, by: nameOrNull(item.by) })),
    notes: report.notes.map((note) => ({ ...note, by: name(note.by) })),
  };
}
