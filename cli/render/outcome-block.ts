import {
  badReleaseCode,
  describePromotion,
  describeState,
  keptEffects,
  notMeasuredCode,
  rollbackInstructions,
  timeTakenMs,
  undoneEffects,
  type PromotionRecord,
  type PromotionView,
  type StepRecord,
} from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import type { Wish } from '../exit-code.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { formatTotal } from '../format-duration.ts';
import { printable, printableLines } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { planLines } from './plan-lines.ts';
import { splitSummary } from './step-line.ts';
import { stepTitle } from './step-title.ts';
import { waitingText } from './waiting-text.ts';

/** How a promotion ended: one line when all went well, else what failed, why, what was undone and kept, and what to type. */
export function outcomeBlock(view: PromotionView, wish: Wish, invocation: string, paint: Paint): readonly string[] {
  const { promotion } = view;
  const total = totalOf(promotion);
  if (promotion.state === 'COMPLETED_SUCCESSFULLY') {
    if (promotion.kind === 'contract') return [`  ${paint.green('Contracted')}: what older releases needed is gone`];
    if (!promotion.isDryRun) return [`  ${paint.green('Promoted')} in ${total}`];
    return ['', ...planLines(view), '', `Nothing was changed; looked in ${total}.`];
  }
  const isWanted = wish === 'take-back' && promotion.state === 'ROLLED_BACK';
  const lines = isWanted
    ? [`  ${paint.green('Taken back')} in ${total}`, '', ...takenBack(promotion, paint)]
    : ['', sentence(view, paint), ...originalError(promotion), '', ...takenBack(promotion, paint), ...badRelease(view)];
  const next = nextCommand(view, invocation);
  return next === undefined ? lines : [...lines, '', `Next:  ${isWanted ? afterTakingBack(view, invocation) : next}`];
}

/** What a promotion waits for, who can end the wait, and how. */
export function waitingBlock(view: PromotionView, now: Date, invocation: string, paint: Paint): readonly string[] {
  const { promotion } = view;
  const { parked } = promotion;
  if (parked === undefined) return [describeState(promotion.state)];
  const text = waitingText(parked, now, promotion.queuePlace);
  const sentenceText = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const goesOn = parked.reason === 'window' || parked.reason === 'soak' ? ['It goes on by itself then.'] : [];
  const act = nextWhileWaiting(promotion, invocation);
  return [
    '',
    ...badRelease(view),
    paint.yellow(sentenceText),
    ...goesOn,
    '',
    ...act,
    `       ${invocation} status ${printable(promotion.application)} --watch`,
  ];
}

function nextWhileWaiting(promotion: PromotionRecord, invocation: string): readonly string[] {
  const id = printable(promotion.id);
  switch (promotion.parked?.reason) {
    case 'approval':
      return [
        `Next:  ${invocation} approve ${id}     (not by ${printable(promotion.requestedBy.id)}, who asked for it)`,
        `       ${invocation} reject ${id} --comment "why"`,
      ];
    case 'checklist':
      return [
        `Next:  ${invocation} check ${id}     (shows the checklist)`,
        `       ${invocation} check ${id} "item" --note "where it can be seen"`,
      ];
    case 'manual':
      return rollbackInstructions(promotion).map((line, index) => {
        const words = line.startsWith('promote ') ? `${invocation} ${line.slice('promote '.length)}` : line;
        return `${index === 0 ? 'Next:  ' : '       '}${printable(words)}`;
      });
    default:
      return [`Next:  ${invocation} logs ${id} --follow`];
  }
}

/** Said when somebody stops looking. */
export function interruptedBlock(promotionId: string, invocation: string): readonly string[] {
  const id = printable(promotionId);
  return [
    `${id} goes on without this terminal.`,
    `Next:  ${invocation} logs ${id} --follow`,
    `       ${invocation} cancel ${id}     (stops it and takes back what it changed)`,
  ];
}

/** `10.6 s`, and beside it how long it lay failed: that nobody looked at it is no time that it took. */
function totalOf(promotion: PromotionRecord): string {
  const { layFailedMs = 0 } = promotion;
  const beside = layFailedMs === 0 ? '' : `, beside ${formatDuration(layFailedMs)} that it lay failed`;
  return `${formatTotal(timeTakenMs(promotion))}${beside}`;
}

/** What failed, in one sentence. */
function sentence({ promotion, release, votes }: PromotionView, paint: Paint): string {
  const { failure, rollback, state } = promotion;
  const what = `${printable(promotion.application)} ${printable(release.name)}`;
  const to = printable(promotion.toEnvironment);
  if (promotion.kind === 'contract') {
    return paint.red(`The contract migrations of ${what} in ${to}: ${describePromotion(promotion)}.`);
  }
  const step = failure === undefined ? '' : stepTitle(failure.step);
  const attempts = promotion.steps.find(({ name }) => name === failure?.step)?.attempt ?? 1;
  const because = failure === undefined ? '' : `${step} failed${attempts > 1 ? ` in attempt ${String(attempts)}` : ''}`;
  switch (state) {
    case 'ROLLED_BACK':
      return rollback?.trigger === 'automatic'
        ? paint.red(`${what} was not promoted to ${to}: ${because}, and everything was taken back.`)
        : paint.magenta(
            `${what} was ${rollback?.trigger === 'cancel' ? 'cancelled and taken back' : 'taken back'} in ${to}, as ${by(rollback)} asked: ${oneLine(rollback?.reason)}`,
          );
    case 'ROLLBACK_FAILED':
      return paint.red(
        `${what} could not be taken back in ${to}: ${undoneWithError(promotion)} failed. ${to} is half-way and stays locked until a person has resolved it.`,
      );
    case 'FAILED':
      if (failure?.error.code === badReleaseCode) {
        return paint.red(`${what} was not promoted to ${to}: it was marked bad before it was deployed.`);
      }
      return failure?.requirementsNotMet === true
        ? paint.red(`${what} may not be promoted to ${to}: the requirements that ${step} looks at are not met.`)
        : paint.red(`${what} was not promoted to ${to}: ${because === '' ? 'it failed' : because}.`);
    case 'REJECTED': {
      const vote = votes.find(({ decision }) => decision === 'rejected');
      const comment = vote?.comment === undefined ? '' : `: ${oneLine(vote.comment)}`;
      return paint.red(
        `${what} was not promoted to ${to}: ${printable(vote?.actor ?? 'somebody')} rejected it${comment}`,
      );
    }
    case 'CANCELLED':
      return paint.yellow(
        `${what} was cancelled before it changed ${to}, as ${by(rollback)} asked: ${oneLine(rollback?.reason)}`,
      );
    default:
      return paint.red(`${what} was not promoted to ${to}: ${describeState(state)}.`);
  }
}

function by(rollback: PromotionRecord['rollback']): string {
  return printable(rollback?.requestedBy ?? 'somebody');
}

function oneLine(text: string | undefined): string {
  return printable((text ?? 'no reason given').trim());
}

function undoneWithError({ steps }: PromotionRecord): string {
  const step = failedUndo(steps) ?? steps.find(({ name, status }) => name === 'verify-rollback' && status === 'failed');
  if (step === undefined) return 'a step';
  return step.compensation?.status === 'failed' ? `undoing ${stepTitle(step.name)}` : stepTitle(step.name);
}

function failedUndo(steps: readonly StepRecord[]): StepRecord | undefined {
  return steps.find(({ compensation }) => compensation?.status === 'failed');
}

/** Every error that stopped something, verbatim: why it failed, and why it could not be taken back. */
function originalError({ failure, steps, state }: PromotionRecord): readonly string[] {
  const errors = [failure?.error.message];
  if (state === 'ROLLBACK_FAILED') {
    const restoration = steps.find(({ name, status }) => name === 'verify-rollback' && status === 'failed');
    errors.push((failedUndo(steps)?.compensation?.error ?? restoration?.error)?.message);
  }
  return [...new Set(errors)].flatMap((message) =>
    message === undefined ? [] : ['', ...printableLines(message.trimEnd()).map((line) => `  ${line}`)],
  );
}

/** What was undone and what was kept, by what the steps themselves said about it. */
function takenBack(promotion: PromotionRecord, paint: Paint): readonly string[] {
  const [undone, kept] = [undoneEffects(promotion), keptEffects(promotion)];
  if (undone.length === 0 && kept.length === 0) {
    return [`Nothing was changed in ${printable(promotion.toEnvironment)}.`];
  }
  return [...group('Undone', undone), ...group('Kept', kept).map((line) => paint.yellow(line))];
}

function group(
  title: string,
  effects: readonly { readonly step: string; readonly summary: string }[],
): readonly string[] {
  return effects.map(({ step, summary }, index) => {
    const lead = padTo(index === 0 ? title : '', 8);
    return `${lead}${padTo(stepTitle(step), 15)}${splitSummary(summary).head}`;
  });
}

function badRelease({ release }: PromotionView): readonly string[] {
  if (release.bad === undefined) return [];
  return [`${printable(release.name)} is marked bad and will not be promoted again: ${oneLine(release.bad.reason)}`];
}

/** What to look at when a rollback that somebody wanted is done, and what starts moving again only when somebody says so. */
function afterTakingBack({ promotion }: PromotionView, invocation: string): string {
  const application = printable(promotion.application);
  const look = `${invocation} status ${application}     (what runs now)`;
  if (promotion.definition.rollback.pausesAutoPromotion === false) return look;
  const where = printable(promotion.toEnvironment);
  return `${look}\n       ${invocation} resume ${application} --env ${where}     (once releases may come there by themselves again)`;
}

/** The move as it is typed. */
function moveOf({ application, fromEnvironment, toEnvironment, lane }: PromotionRecord, release: string): string {
  const words = `${printable(application)} --release ${printable(release)} --from ${printable(fromEnvironment)} --to ${printable(toEnvironment)}`;
  return lane === 'hotfix' ? `${words} --hotfix` : words;
}

/** The command to type next, with why. */
function nextCommand({ promotion, release }: PromotionView, invocation: string): string | undefined {
  const id = printable(promotion.id);
  const application = printable(promotion.application);
  const { failure } = promotion;
  switch (promotion.state) {
    case 'FAILED': {
      const remedy = failure === undefined ? '' : `     (${oneLine(failure.error.remedy)})`;
      if (failure?.requirementsNotMet === true) {
        return `${invocation} validate ${moveOf(promotion, release.name)}     (says of each requirement what to do)`;
      }
      return `${invocation} retry ${id}${remedy}`;
    }
    case 'ROLLBACK_FAILED': {
      const needsConsent = failedUndo(promotion.steps)?.compensation?.error?.message.includes('--accept-loss') === true;
      const { rollback } = promotion;
      if (rollback?.confirmedBy !== undefined) {
        return `${invocation} retry ${id} --anew     (the engine takes it back after all; without --anew what runs is verified again)`;
      }
      return needsConsent
        ? `${invocation} retry ${id} --accept-loss     (discards what the error names; look at it first)`
        : `${invocation} retry ${id}     (once the cause is removed)`;
    }
    case 'ROLLED_BACK':
      if (failure?.error.code === notMeasuredCode && release.bad === undefined) {
        return `${invocation} run ${moveOf(promotion, release.name)}     (${oneLine(failure.error.remedy)})`;
      }
      return `${invocation} logs ${id}${failure === undefined ? '' : ` --step ${stepTitle(failure.step)}`}`;
    default:
      return `${invocation} status ${application}`;
  }
}
