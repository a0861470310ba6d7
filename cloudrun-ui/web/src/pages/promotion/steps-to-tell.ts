import type { Promotion, Step } from '../../api/queries.ts';
import type { Report } from './promotion-queries.ts';

/**
 * The steps worth a line: not those that an ended promotion never came to, not what only looks again, and not what comes
 * only when it is taken back.
 */
export function stepsToTell({
  steps,
  endedAt,
  rollback,
}: Pick<Promotion, 'steps' | 'endedAt' | 'rollback'>): readonly Step[] {
  return steps.filter(({ name, status }) => {
    if (name === 'confirm-window') return status !== 'pending' && status !== 'done';
    if (status !== 'pending') return true;
    return endedAt === null && (name !== 'verify-rollback' || rollback !== null);
  });
}

/** What a step came to, in a few words: what they rest on stands behind a gap, and among the checks. */
export function summaryOf({ name, summary }: Pick<Step, 'name' | 'summary'>): string | undefined {
  const [words] = summary?.split(/\s{2,}/) ?? [];
  if (words === undefined) return undefined;
  // Machines know events by such names.
  return name === 'notify' ? words.replaceAll('.', ' ') : words;
}

/** Whether it is this step, or its undoing, because of which the promotion waits. */
export function isWaitingStep({ status, undo }: Pick<Step, 'status' | 'undo'>): boolean {
  const waits: readonly string[] = ['parked', 'retrying'];
  return waits.includes(undo?.status ?? status);
}

/** Attempts of a step that are not told as the step's own end: those that were followed by something. */
export function failuresOf(
  { name, status }: Pick<Step, 'name' | 'status'>,
  errors: Report['errors'],
): Report['errors'] {
  const own = errors.filter(({ step }) => step === name);
  // The one that the promotion failed of is told first of all, with all that there is to say about it.
  return status === 'failed' ? own.filter(({ then, mode }) => then !== 'gave up' || mode === 'undo') : own;
}

/** How long a step that is over took by itself, and how long it waited for others. */
export function timesOf(
  { startedAt, finishedAt }: Pick<Step, 'startedAt' | 'finishedAt'>,
  times: Pick<Report['steps'][number], 'tookMs' | 'waitedMs'> | undefined,
): { readonly tookMs: number | undefined; readonly waitedMs: number } {
  const waitedMs = times?.waitedMs ?? 0;
  if (startedAt === null || finishedAt === null) return { tookMs: undefined, waitedMs };
  const wholeMs = times?.tookMs ?? new Date(finishedAt).getTime() - new Date(startedAt).getTime();
  return { tookMs: Math.max(0, wholeMs - waitedMs), waitedMs };
}
