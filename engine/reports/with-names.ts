import { groupImageChecks } from './group-image-checks.ts';
import { summaryText } from './tell-event.ts';
import { stepTitle } from '../workflow/step-title.ts';
import { namesWhere } from '../workflow/actor.ts';
import type { PromotionReport } from './promotion-report.ts';

/**
 * The report as people read it: steps by their titles, images that were found alike in one line, and whoever somebody else
 * spoke for shown so wherever he is named.
 */
export function withNames(report: PromotionReport): PromotionReport {
  const { promotion, outcome, approvals, spokenFor } = report;
  const name = namesWhere(new Map(Object.entries(spokenFor)));
  const nameOrNull = (id: string | null): string | null => (id === null ? null : name(id));
  const { rollback } = outcome;
  return {
    ...report,
    promotion: {
      ...promotion,
      leftOut: promotion.leftOut.map(titled),
      requestedBy: { ...promotion.requestedBy, id: name(promotion.requestedBy.id) },
    },
    outcome: {
      ...outcome,
      failure: outcome.failure === null ? null : titled(outcome.failure),
      rollback:
        rollback === null
          ? null
          : { ...rollback, requestedBy: name(rollback.requestedBy), confirmedBy: nameOrNull(rollback.confirmedBy) },
    },
    checks: groupImageChecks(report.checks).map((check) => ({
      ...titled(check),
      forcedBy: nameOrNull(check.forcedBy),
    })),
    approvals: { ...approvals, votes: approvals.votes.map((vote) => ({ ...vote, by: name(vote.by) })) },
    overrides: report.overrides.map((override) => ({ ...override, by: name(override.by) })),
    checklist: report.checklist.map((item) => ({ ...item, by: nameOrNull(item.by) })),
    notes: report.notes.map((note) => ({ ...note, by: name(note.by) })),
    undone: report.undone.map(titled),
    kept: report.kept.map(titled),
    errors: { ...report.errors, list: report.errors.list.map(titled) },
    steps: report.steps.map((step) => ({
      ...step,
      name: stepTitle(step.name),
      summary: step.summary === null ? null : summaryText(step.summary),
    })),
  };
}

function titled<Told extends { readonly step: string }>(told: Told): Told {
  return { ...told, step: stepTitle(told.step) };
}
