import type { PromotionRecord, StepRecord } from '../../engine/promotion-service.ts';
import { currentStep } from '../render/waiting-text.ts';
import type { ProgressEvent } from './progress-event.ts';

/** Compares a promotion with how it was seen before; every event is told once, in the order in which things happen. */
export class ProgressTracker {
  readonly #finished = new Map<string, string>();
  readonly #told = new Set<string>();
  #waiting: string | undefined;

  /** @returns what is new; for the first look, everything so far. */
  next(promotion: PromotionRecord): readonly ProgressEvent[] {
    const isAfterTakingBack = lastSteps(promotion);
    const forward = promotion.steps.filter((step) => !isAfterTakingBack(step));
    const afterwards = promotion.steps.filter(isAfterTakingBack);
    return [
      ...this.#again(promotion.steps),
      ...forward.flatMap((step) => this.#step(promotion, step)),
      ...this.#takingBack(promotion),
      ...promotion.steps.toReversed().flatMap((step) => this.#undo(step)),
      ...afterwards.flatMap((step) => this.#step(promotion, step)),
      ...this.#gone(promotion),
      ...this.#wait(promotion),
    ];
  }

  #again(steps: readonly StepRecord[]): readonly ProgressEvent[] {
    const again = steps.filter((step) => this.#finished.has(step.name) && !isFinished(step)).map(({ name }) => name);
    for (const name of again) this.#finished.delete(name);
    return again.length === 0 ? [] : [{ kind: 'steps-again', steps: again }];
  }

  #step(promotion: PromotionRecord, step: StepRecord): readonly ProgressEvent[] {
    if (step.status === 'retrying' && step.error !== undefined) {
      return this.#once(`retry ${step.name} ${String(step.attempt)} ${timeOf(step.startedAt)}`, {
        kind: 'step-retrying',
        step,
      });
    }
    if (!isFinished(step) || isInherited(promotion, step)) return [];
    const mark = `${step.status} ${timeOf(step.finishedAt)} ${String(step.attempt)}`;
    if (this.#finished.get(step.name) === mark) return [];
    this.#finished.set(step.name, mark);
    return [{ kind: 'step', step }];
  }

  #takingBack(promotion: PromotionRecord): readonly ProgressEvent[] {
    const { rollback } = promotion;
    const hasBegun =
      promotion.state === 'ROLLING_BACK' || promotion.steps.some((step) => step.compensation !== undefined);
    if (rollback === undefined || !hasBegun) return [];
    return this.#once('taking back', { kind: 'taking-back', rollback });
  }

  #undo(step: StepRecord): readonly ProgressEvent[] {
    const { compensation } = step;
    if (compensation === undefined) return [];
    const key = `${step.name} ${compensation.status} ${String(compensation.attempt)}`;
    switch (compensation.status) {
      case 'done':
        return this.#once(`undo ${step.name}`, { kind: 'undo', step });
      case 'failed':
        return this.#once(`undo ${key}`, { kind: 'undo', step });
      case 'retrying':
        return compensation.error === undefined ? [] : this.#once(`undo ${key}`, { kind: 'undo-retrying', step });
      case 'running':
      case 'parked':
        return [];
    }
  }

  #gone({ goneRun: gone }: PromotionRecord): readonly ProgressEvent[] {
    if (gone === undefined) return [];
    return this.#once(`gone ${timeOf(gone.takeOverAt)}`, { kind: 'worker-gone', gone });
  }

  #wait(promotion: PromotionRecord): readonly ProgressEvent[] {
    const { parked } = promotion;
    if (parked === undefined || !takesLong(parked.reason)) {
      this.#waiting = undefined;
      return [];
    }
    const key = `${parked.reason} ${parked.detail}`;
    if (this.#waiting === key) return [];
    this.#waiting = key;
    return [{ kind: 'waiting', parked, step: currentStep(promotion)?.name }];
  }

  #once(key: string, event: ProgressEvent): readonly ProgressEvent[] {
    if (this.#told.has(key)) return [];
    this.#told.add(key);
    return [event];
  }
}

function isFinished({ status, error }: StepRecord): boolean {
  return status === 'done' || status === 'failed' || (status === 'skipped' && error !== undefined);
}

/** A promotion that takes an ended one back starts with that one's finished steps, which are none of its own. */
function isInherited(promotion: PromotionRecord, step: StepRecord): boolean {
  return promotion.kind === 'rollback' && step.finishedAt !== undefined && step.finishedAt < promotion.createdAt;
}

/** While a promotion is taken back, these steps come after everything was undone. */
function lastSteps(promotion: PromotionRecord): (step: StepRecord) => boolean {
  if (promotion.rollback === undefined) return () => false;
  const last = promotion.definition.steps
    .filter(({ phase }) => phase === 'restoration' || phase === 'report' || phase === 'notify')
    .map(({ name }) => name);
  return (step) => last.includes(step.name);
}

function takesLong(reason: NonNullable<PromotionRecord['parked']>['reason']): boolean {
  switch (reason) {
    case 'checklist':
    case 'approval':
    case 'manual':
    case 'slot':
    case 'soak':
    case 'undo-window':
    case 'window':
    case 'canary':
      return true;
    case 'retry':
    case 'bake':
    case 'rollout':
      return false;
  }
}

function timeOf(at: Date | undefined): string {
  return at === undefined ? '' : String(at.getTime());
}
