import type { Release } from '../release.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import { describeState } from '../workflow/state.ts';

/** A promotion as a Markdown document for people. */
export function renderReport(promotion: PromotionRecord, release: Release): string {
  const lines = [
    `# ${promotion.application} ${release.name}: ${promotion.fromEnvironment} → ${promotion.toEnvironment}`,
    '',
    `- Promotion: ${promotion.id}`,
    `- State when written: ${promotion.state} (${describeState(promotion.state)})`,
    `- Asked for by: ${promotion.requestedBy.id}, ${promotion.createdAt.toISOString()}`,
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
    '## Steps',
    '',
    '| step | status | attempts | took | result |',
    '| --- | --- | --- | --- | --- |',
    ...promotion.steps.map(renderStep),
    '',
  ];
  return lines.join('\n');
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

/** Text of others inside a table cell or a list item: no line breaks, no cell borders. */
function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|]/g, '\\$&');
}
