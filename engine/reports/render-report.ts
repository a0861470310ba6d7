import { actorText } from '../workflow/actor.ts';
import { inline } from './inline.ts';
import { renderPeople, type ReportedPeople } from './render-people.ts';
import type { Release } from '../release.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { describeHotfix } from '../workflow/describe-hotfix.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import { outcomeOf } from '../workflow/outcome.ts';

/** A promotion as a Markdown document for people. */
export function renderReport(promotion: PromotionRecord, release: Release, people: ReportedPeople): string {
  const lines = [
    `# ${promotion.application} ${release.name}: ${moveOf(promotion)}`,
    '',
    `- Promotion: ${promotion.id}`,
    `- Outcome: ${outcomeText(promotion)}`,
    `- Asked for by: ${inline(actorText(promotion.requestedBy))}, ${promotion.createdAt.toISOString()}`,
    ...(promotion.requestedBy.onBehalfOf === undefined
      ? []
      : [`- On behalf of: ${inline(promotion.requestedBy.onBehalfOf)}`]),
    ...(promotion.lane === 'hotfix'
      ? [`- Lane: ${['hotfix', ...describeHotfix(promotion.definition)].join('; ')}`]
      : []),
    ...(promotion.reason === undefined ? [] : [`- Reason: ${inline(promotion.reason)}`]),
    `- Plan: ${promotion.planHash ?? 'none'}`,
    ...(promotion.failure === undefined
      ? []
      : [`- Failed in ${promotion.failure.step}: ${inline(promotion.failure.error.message)}`]),
    ...(promotion.rollback === undefined
      ? []
      : [`- Rolled back (${promotion.rollback.trigger}): ${inline(promotion.rollback.reason)}`]),
    '',
    '## Images',
    '',
    ...release.content.images.map(({ service, image, digest }) => `- ${service}: ${image}@${digest}`),
    '',
    ...renderPeople(promotion, people),
    '## Steps',
    '',
    '| step | status | attempts | took | result |',
    '| --- | --- | --- | --- | --- |',
    ...promotion.steps.filter((step) => isTold(promotion, step)).map(renderStep),
    '',
  ];
  return lines.join('\n');
}

/** In words, the one that will stand: the report is written shortly before the end. */
export function outcomeText(promotion: PromotionRecord): string {
  const outcome = outcomeOf(promotion);
  if (outcome === 'COMPLETED_SUCCESSFULLY' && promotion.isDryRun) return 'checked; a dry run changes nothing';
  return describePromotion({ kind: promotion.kind, state: outcome });
}

function moveOf({ kind, fromEnvironment, toEnvironment }: PromotionRecord): string {
  switch (kind) {
    case 'promote':
      return `${fromEnvironment} → ${toEnvironment}`;
    case 'rollback':
      return `taken back in ${toEnvironment}`;
    case 'contract':
      return `contract migrations in ${toEnvironment}`;
  }
}

/** Reporting cannot tell how it ends itself, and a rollback that nobody needed is no step that is missing. */
function isTold({ definition }: PromotionRecord, { name, status }: StepRecord): boolean {
  switch (definition.steps.find((step) => step.name === name)?.phase) {
    case 'report':
    case 'notify':
      return false;
    case 'restoration':
      return status !== 'pending';
    default:
      return true;
  }
}

function renderStep(step: StepRecord): string {
  const undone =
    step.compensation === undefined ? '' : `; undone: ${step.compensation.summary ?? step.compensation.status}`;
  const result = `${step.summary ?? step.error?.message ?? ''}${undone}`;
  return `| ${step.name} | ${step.status} | ${String(step.attempt)} | ${took(step)} | ${inline(result)} |`;
}

function took(step: StepRecord): string {
  if (step.startedAt === undefined || step.finishedAt === undefined) return '';
  return `${((step.finishedAt.getTime() - step.startedAt.getTime()) / 1000).toFixed(1)} s`;
}
