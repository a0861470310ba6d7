import { keptSchema } from '../database/return-database.ts';
import type { StepPhase } from '../workflow/definition.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import type { ReportedEffect } from './promotion-report.ts';

const changingPhases: readonly StepPhase[] = ['move', 'deploy'];

/** What was undone, in the order in which it was, by what the steps themselves said about it. */
export function undoneEffects({ steps }: Pick<PromotionRecord, 'steps'>): readonly ReportedEffect[] {
  return steps
    .filter((step) => step.compensation?.status === 'done' && !isSchemaKept(step))
    .toReversed()
    .map(({ name, compensation }) => ({ step: name, summary: compensation?.summary ?? 'taken back' }));
}

/** What stays of a promotion that did not go well; nothing is left of one that did. */
export function keptEffects(promotion: PromotionRecord): readonly ReportedEffect[] {
  const { definition, steps, failure, rollback } = promotion;
  if (failure === undefined && rollback === undefined) return [];
  const changing = definition.steps.filter(({ phase }) => changingPhases.includes(phase)).map(({ name }) => name);
  return steps
    .filter(({ name }) => changing.includes(name) && !looking.includes(name))
    .filter((step) => isSchemaKept(step) || (step.compensation?.status !== 'done' && isLeftBehind(definition, step)))
    .map((step) => ({ step: step.name, summary: leftBehind(step) }));
}

/** Steps of those phases that only look, and so leave nothing behind. */
const looking: readonly string[] = ['verify'];

function isSchemaKept({ compensation }: StepRecord): boolean {
  return compensation?.status === 'done' && compensation.summary?.startsWith(keptSchema) === true;
}

/** A step that did not run left nothing behind, nor did one that failed and has nothing to undo. */
function isLeftBehind({ steps }: PromotionRecord['definition'], { name, status }: StepRecord): boolean {
  if (status === 'pending' || status === 'skipped') return false;
  return status === 'done' || steps.some((step) => step.name === name && step.isCompensable);
}

function leftBehind(step: StepRecord): string {
  const { status, summary, compensation } = step;
  if (isSchemaKept(step)) {
    return compensation?.summary?.replace(keptSchema, 'schema as it is') ?? 'schema as it is';
  }
  if (compensation?.status === 'failed') return 'could not be taken back';
  return status === 'done' ? (summary ?? 'as it is') : 'stopped in the middle; may be changed in part';
}
