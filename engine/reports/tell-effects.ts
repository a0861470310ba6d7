import type { StepPhase } from '../workflow/definition.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import type { ReportedEffect } from './promotion-report.ts';

const changingPhases: readonly StepPhase[] = ['move', 'deploy'];

/** What was undone, in the order in which it was, by what the steps themselves said about it. */
export function undoneEffects({ steps }: Pick<PromotionRecord, 'steps'>): readonly ReportedEffect[] {
  return steps
    .filter(({ compensation }) => compensation?.status === 'done')
    .toReversed()
    .map(({ name, compensation }) => ({ step: name, summary: compensation?.summary ?? 'taken back' }));
}

/** What stays of a promotion that did not go well; nothing is left of one that did. */
export function keptEffects(promotion: PromotionRecord): readonly ReportedEffect[] {
  const { definition, steps, failure, rollback } = promotion;
  if (failure === undefined && rollback === undefined) return [];
  const changing = definition.steps.filter(({ phase }) => changingPhases.includes(phase)).map(({ name }) => name);
  return steps
    .filter(({ name }) => changing.includes(name))
    .filter((step) => step.compensation?.status !== 'done' && isLeftBehind(definition, step))
    .map((step) => ({ step: step.name, summary: leftBehind(step) }));
}

/** A step that did not run left nothing behind, nor did one that failed and has nothing to undo. */
function isLeftBehind({ steps }: PromotionRecord['definition'], { name, status }: StepRecord): boolean {
  if (status === 'pending' || status === 'skipped') return false;
  return status === 'done' || steps.some((step) => step.name === name && step.isCompensable);
}

function leftBehind({ status, summary, compensation }: StepRecord): string {
  if (compensation?.status === 'failed') return 'could not be taken back';
  return status === 'done' ? (summary ?? 'as it is') : 'stopped in the middle; may be changed in part';
}
