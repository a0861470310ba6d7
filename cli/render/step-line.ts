import type { StepRecord } from '../../engine/promotion-service.ts';
import { displayWidth, padTo } from '../display-width.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable, printableLines } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { stepTitle } from './step-title.ts';

const titleWidth = 15;
/** What steps say of themselves where names are of usual length. */
const summaryWidth = 48;
/** Shorter than this says nothing to people. */
const shortestShownMs = 50;

/** A step that ended: mark, title, summary, how long it took, and details. */
export function stepLine(step: StepRecord, paint: Paint): string {
  const { startedAt, finishedAt } = step;
  const tookMs = startedAt === undefined || finishedAt === undefined ? 0 : finishedAt.getTime() - startedAt.getTime();
  const duration = tookMs < shortestShownMs ? '' : formatDuration(tookMs);
  switch (step.status) {
    case 'failed':
      return line(paint.red('✖'), step.name, firstLine(step.error?.message ?? 'failed'), duration, '');
    case 'skipped':
      return line(
        paint.yellow('!'),
        step.name,
        `went on without it: ${firstLine(step.error?.message ?? '')}`,
        duration,
        '',
      );
    default: {
      const { head, details } = splitSummary(step.summary ?? 'done');
      return line(paint.green('✔'), step.name, head, duration, paint.dim(details));
    }
  }
}

/** A step whose effects were taken back, or could not be. */
export function undoLine(step: StepRecord, paint: Paint): string {
  const { compensation } = step;
  if (compensation?.status === 'failed') {
    const message = firstLine(compensation.error?.message ?? 'failed');
    return line(paint.red('✖'), step.name, `not taken back: ${message}`, '', '');
  }
  return line(paint.magenta('↩'), step.name, splitSummary(compensation?.summary ?? 'taken back').head, '', '');
}

/** Something worth a line that is neither good nor bad yet. */
export function noteLine(step: string, note: string, paint: Paint): string {
  return line(paint.yellow('…'), step, note, '', '');
}

/** Steps separate what was done from the details by three spaces; an event's name is put in words. */
export function splitSummary(summary: string): { readonly head: string; readonly details: string } {
  const words = /^[a-z]+\.[a-z-]+$/.test(summary) ? summary.replaceAll(/[.-]/g, ' ') : summary;
  const [head = '', ...details] = words.split(/ {3,}/).map(printable);
  return { head, details: details.join('   ') };
}

export function firstLine(text: string): string {
  return printableLines(text).find((each) => each.trim() !== '') ?? '';
}

function line(mark: string, step: string, summary: string, duration: string, details: string): string {
  const start = `  ${mark} ${padTo(stepTitle(step), titleWidth - 1)} ${padTo(summary, summaryWidth - 1)}`;
  // One space would read as one sentence where the summary fills its column.
  const gap = displayWidth(summary) < summaryWidth - 1 ? ' ' : '  ';
  return `${start}${gap}${padTo(duration, 7)} ${details}`.trimEnd();
}
