import { describeLeftOutSteps } from '../plan/left-out-steps.ts';
import { checklistStanding } from '../workflow/checklist.ts';
import { describeHotfix } from '../workflow/describe-hotfix.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { isEndState, type PromotionState } from '../workflow/state.ts';
import { withoutSecrets } from '../workflow/without-secrets.ts';
import type { PromotionReport, ReportedApprovals, ReportedOutcome, ReportedPromotion } from './promotion-report.ts';
import type { ReportFacts } from './report-facts.ts';
import { tellChecks } from './tell-checks.ts';
import { keptEffects, undoneEffects } from './tell-effects.ts';
import { tellErrors } from './tell-errors.ts';
import { tellEvent } from './tell-event.ts';
import { tellImages } from './tell-images.ts';
import { tellSteps, tellTiming, tellWaits } from './tell-timing.ts';

/**
 * Makes the report of a promotion.
 * @param state that it is told to be in; default: the one it is in. Whoever writes the report shortly before the end knows
 *   the one that will stand.
 */
export function buildReport(facts: ReportFacts, state: PromotionState = facts.promotion.state): PromotionReport {
  // Reasons and comments stand in the store as people typed them.
  return withoutSecrets(tell(facts, state));
}

function tell(facts: ReportFacts, state: PromotionState): PromotionReport {
  const { promotion, events, changes, openItems, evidence } = facts;
  const waits = tellWaits(promotion, events);
  return {
    format: 1,
    promotion: tellPromotion(facts),
    outcome: tellOutcome(facts, state),
    images: tellImages(facts),
    changes: changes.map(({ kind, subject, before, after }) => ({
      kind,
      subject,
      before: before ?? null,
      after: after ?? null,
    })),
    checks: tellChecks(promotion, evidence),
    approvals: tellApprovals(facts),
    overrides: promotion.overrides,
    spokenFor: Object.fromEntries(
      events.flatMap(({ actor }) => (actor.spokenForBy === undefined ? [] : [[actor.id, actor.spokenForBy] as const])),
    ),
    checklist: checklistStanding(promotion, facts.ticks).map(({ requirement, state: standing, by, note, at }) => ({
      item: requirement.item,
      phase: requirement.phase,
      state: standing,
      by: by ?? null,
      note: note ?? null,
      at: at?.toISOString() ?? null,
    })),
    notes: events.flatMap(({ type, actor, at, data }) =>
      type === 'note' ? [{ by: actor.id, at: at.toISOString(), text: textOf(data['text']) }] : [],
    ),
    openItems: openItems.map(({ kind, detail, openedAt }) => ({ kind, detail, openedAt: openedAt.toISOString() })),
    undone: undoneEffects(promotion),
    kept: keptEffects(promotion),
    errors: tellErrors(promotion, events),
    steps: tellSteps(promotion, events, waits),
    waits,
    timing: tellTiming(promotion, waits),
    timeline: events.map((event) => tellEvent(event, promotion.kind)),
    audit: { entries: promotion.eventSeq, head: promotion.headHash },
  };
}

function tellPromotion({ promotion, release }: ReportFacts): ReportedPromotion {
  const { requestedBy, definition } = promotion;
  const { source } = release.content;
  return {
    id: promotion.id,
    kind: promotion.kind,
    application: promotion.application,
    release: release.name,
    digest: release.digest,
    from: promotion.fromEnvironment,
    to: promotion.toEnvironment,
    lane: promotion.lane,
    laneTerms: describeHotfix(definition),
    leftOut: describeLeftOutSteps(definition, release),
    isDryRun: promotion.isDryRun,
    requestedBy: { id: requestedBy.id, verified: requestedBy.verified, via: requestedBy.via },
    onBehalfOf: requestedBy.onBehalfOf ?? null,
    reason: promotion.reason ?? null,
    rollbackOf: promotion.rollbackOf ?? null,
    contractOf: promotion.contractOf ?? null,
    planHash: promotion.planHash ?? null,
    rulesHash: definition.rulesHash,
    source: source === undefined ? null : { ...source },
    configurationRepository: definition.target.configuration.repository,
    environmentContext: promotion.steps.find(({ name }) => name === 'initialize')?.output ?? null,
  };
}

function tellOutcome({ promotion, events }: ReportFacts, state: PromotionState): ReportedOutcome {
  const { kind, failure, rollback, isDryRun, parked } = promotion;
  const ended = events.findLast(({ type }) => endings.includes(type));
  const isChecked = state === 'COMPLETED_SUCCESSFULLY' && isDryRun;
  return {
    state,
    text: isChecked ? 'checked; a dry run changes nothing' : describePromotion({ kind, state, rollback }),
    hasEnded: isEndState(state),
    waitsFor: isEndState(state) || parked === undefined ? null : parked.detail,
    failure:
      failure === undefined
        ? null
        : {
            step: failure.step,
            category: failure.error.category,
            severity: failure.error.severity,
            code: failure.error.code ?? null,
            message: failure.error.message,
            remedy: failure.error.remedy,
            requirementsNotMet: failure.requirementsNotMet,
          },
    rollback:
      rollback === undefined
        ? null
        : {
            trigger: rollback.trigger,
            reason: rollback.reason,
            requestedBy: rollback.requestedBy,
            at: rollback.at.toISOString(),
            returnsTo: rollback.to?.release ?? null,
            acceptsDataLoss: rollback.acceptsDataLoss,
            restoresDatabase: rollback.restoresDatabase ?? false,
            undoesMigrations: rollback.undoesMigrations ?? false,
            confirmedBy: rollback.confirmedBy ?? null,
            escalations: rollback.escalations ?? 0,
          },
    reason: ended === undefined ? null : reasonOf(promotion, tellEvent(ended, kind).text),
  };
}

/** Entries that say why a promotion ended before anything moved. */
const endings: readonly string[] = ['ended', 'superseded'];

/** Only of an end that happened: one that was taken up again since has another. */
function reasonOf({ state }: PromotionRecord, text: string): string | null {
  return state === 'REJECTED' || state === 'EXPIRED' || state === 'SUPERSEDED' ? text : null;
}

function tellApprovals({ promotion, votes }: ReportFacts): ReportedApprovals {
  const { approvalRule, approvalStages } = promotion.definition;
  return {
    isAutomaticWhenGatesPass: approvalRule?.isAutomaticWhenGatesPass ?? false,
    samePersonMayFillStages: approvalRule?.samePersonMayFillStages ?? false,
    stages: approvalStages.map(({ name, roles, people, minimumApprovals, timeoutSeconds }) => {
      return { name, roles, people, minimumApprovals, timeoutSeconds };
    }),
    votes: votes.map(({ stage, actor, decision, at, comment, planHash }) => ({
      stage,
      by: actor,
      decision,
      at: at.toISOString(),
      comment: comment ?? null,
      planHash,
      isOverThisPlan: planHash === promotion.planHash,
    })),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
