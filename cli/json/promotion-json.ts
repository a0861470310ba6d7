import type { PromotionRecord, PromotionSummary, Standing, StepRecord } from '../../engine/promotion-service.ts';
import { stepTitle } from '../render/step-title.ts';
import { stateWords } from '../render/waiting-text.ts';

type ErrorReport = NonNullable<StepRecord['error']>;
/** Any promotion of which the words for its state are known. */
type ListedPromotion = Omit<PromotionSummary, 'definition' | 'authors'> & Standing;

/** A promotion as `--json` shows it; absent things are null, times are ISO 8601 in UTC. Documented in docs/cli.md. */
export function promotionJson(promotion: PromotionRecord, release: string) {
  const { createdAt, updatedAt, endedAt, layFailedMs, ...summary } = summaryJson({ ...promotion, release });
  return { ...summary, steps: promotion.steps.map(stepJson), createdAt, updatedAt, endedAt, layFailedMs };
}

/** The same without its steps, as lists show it. */
export function summaryJson(promotion: ListedPromotion) {
  const { parked, failure, rollback, goneRun, queuePlace } = promotion;
  return {
    id: promotion.id,
    kind: promotion.kind,
    application: promotion.application,
    release: promotion.release,
    from: promotion.fromEnvironment,
    to: promotion.toEnvironment,
    isDryRun: promotion.isDryRun,
    lane: promotion.lane,
    rollbackOf: promotion.rollbackOf ?? null,
    contractOf: promotion.contractOf ?? null,
    state: promotion.state,
    stateText: stateWords(promotion),
    waiting:
      parked === undefined
        ? null
        : { reason: parked.reason, detail: parked.detail, since: parked.since, until: parked.until ?? null },
    queue: queuePlace === undefined ? null : { position: queuePlace.position, behind: queuePlace.behind ?? null },
    goneRun: goneRun === undefined ? null : goneRunJson(goneRun),
    holdsSlot: promotion.holdsSlot,
    requestedBy: promotion.requestedBy.id,
    onBehalfOf: promotion.requestedBy.onBehalfOf ?? null,
    via: promotion.requestedBy.via,
    reason: promotion.reason ?? null,
    overrides: promotion.overrides.map(({ kind, by, reason, at }) => ({ kind, by, reason, at })),
    planHash: promotion.planHash ?? null,
    failure:
      failure === undefined
        ? null
        : { step: failure.step, requirementsNotMet: failure.requirementsNotMet, ...errorJson(failure.error) },
    rollback:
      rollback === undefined
        ? null
        : { trigger: rollback.trigger, reason: rollback.reason, requestedBy: rollback.requestedBy, at: rollback.at },
    createdAt: promotion.createdAt,
    updatedAt: promotion.updatedAt,
    endedAt: promotion.endedAt ?? null,
    layFailedMs: promotion.layFailedMs ?? 0,
  };
}

export function goneRunJson({ hasBegun, silentSeconds, takeOverAt }: NonNullable<PromotionRecord['goneRun']>) {
  return { hasBegun, silentSeconds: Math.round(silentSeconds), takeOverAt };
}

export function stepJson(step: StepRecord) {
  const { error, compensation } = step;
  return {
    name: step.name,
    title: stepTitle(step.name),
    status: step.status,
    attempt: step.attempt,
    startedAt: step.startedAt ?? null,
    finishedAt: step.finishedAt ?? null,
    summary: step.summary ?? null,
    error: error === undefined ? null : errorJson(error),
    undo:
      compensation === undefined
        ? null
        : {
            status: compensation.status,
            attempt: compensation.attempt,
            summary: compensation.summary ?? null,
            error: compensation.error === undefined ? null : errorJson(compensation.error),
          },
  };
}

export function errorJson({ message, category, code, remedy }: ErrorReport) {
  return { message, category, code: code ?? null, remedy };
}
