import {
  instantText,
  type ReplayDecision,
  type ReplayedPromotion,
  type ReplayOfRules,
} from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { stepTitle } from './step-title.ts';

type Colour = (text: string) => string;

/** What other rules would have decided otherwise, newest first, then what nobody can tell, then how many of each. */
export function replayLines(replay: ReplayOfRules, now: Date, paint: Paint): readonly string[] {
  const { otherwise, unknown } = replay;
  return [
    ...otherwise.flatMap((each) => promotionLines(each, now, paint)),
    ...unknown.flatMap((each) => promotionLines(each, now, paint)),
    ...(otherwise.length + unknown.length === 0 ? [] : ['']),
    summary(replay, paint),
  ];
}

function promotionLines(promotion: ReplayedPromotion, now: Date, paint: Paint): readonly string[] {
  const { id, application, release, from, to, requestedAt, requestedBy, isDryRun } = promotion;
  const { mark, colour, words } = lookOf(promotion.comparison, paint);
  const heading = [
    colour(`${mark} ${words}`),
    paint.bold(`${printable(application)} ${printable(release)}`),
    printable(`${from} → ${to}`),
    ...(isDryRun ? ['dry run'] : []),
    formatAge(requestedAt, now),
    `by ${printable(requestedBy)}`,
    printable(id),
  ];
  return [
    heading.join('   '),
    ...decisionLines('then', promotion.then, paint),
    ...decisionLines('now', promotion.now, paint),
  ];
}

function lookOf(
  comparison: ReplayedPromotion['comparison'],
  paint: Paint,
): { readonly mark: string; readonly colour: Colour; readonly words: string } {
  switch (comparison) {
    case 'refused':
      return { mark: '✖', colour: paint.red, words: 'would have been refused' };
    case 'waiting':
      return { mark: '◷', colour: paint.yellow, words: 'would have waited' };
    case 'let-through':
      return { mark: '✔', colour: paint.green, words: 'would have been let through' };
    case 'unknown':
      return { mark: '?', colour: paint.dim, words: 'cannot be said' };
  }
}

function decisionLines(title: string, decision: ReplayDecision, paint: Paint): readonly string[] {
  const [first = '', ...rest] = decisionTexts(decision).map(printable);
  return [`    ${paint.dim(title.padEnd(4))} ${first}`, ...rest.map((line) => `         ${line}`)];
}

function decisionTexts(decision: ReplayDecision): readonly string[] {
  switch (decision.kind) {
    case 'let-through':
      return ['let through'];
    case 'refused': {
      const place = decision.by === 'request' ? 'when it was asked for' : `by ${stepTitle(decision.by)}`;
      return [`refused ${place}: ${decision.reasons[0] ?? ''}`, ...decision.reasons.slice(1)];
    }
    case 'waiting': {
      const until = decision.until === undefined ? '' : `, until ${instantText(decision.until)}`;
      return [`waiting for ${decision.reason}: ${decision.detail}${until}`];
    }
    case 'stopped':
      return [`stopped at ${stepTitle(decision.step)}, which no rule decided: ${decision.detail.split('\n')[0] ?? ''}`];
    case 'unknown':
      return decision.missing;
  }
}

function summary({ counts, otherwise }: ReplayOfRules, paint: Paint): string {
  const total = Object.values(counts).reduce((sum, each) => sum + each, 0);
  if (total === 0) return 'No promotion is stored that could be judged.';
  const parts = [
    ...(counts.refused === 0 ? [] : [paint.red(`${String(counts.refused)} refused`)]),
    ...(counts.waiting === 0 ? [] : [paint.yellow(`${String(counts.waiting)} waiting`)]),
    ...(counts['let-through'] === 0 ? [] : [paint.green(`${String(counts['let-through'])} let through`)]),
    `${String(counts['as-before'])} as before`,
    ...(counts.unknown === 0 ? [] : [paint.dim(`${String(counts.unknown)} cannot be said`)]),
  ];
  const judged = `${String(total)} ${total === 1 ? 'promotion' : 'promotions'} judged`;
  const mark = otherwise.length === 0 ? paint.green('✔') : paint.red('✖');
  return `${mark} ${judged}: ${parts.join(', ')}`;
}
