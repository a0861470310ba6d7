import type { Promotion, Step } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { toSentence } from '../../text/to-sentence.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { SoFar } from '../../time/so-far.tsx';
import type { Report } from './promotion-queries.ts';
import { StepAttempts } from './step-attempts.tsx';
import { StepUndo } from './step-undo.tsx';
import { summaryOf, timesOf } from './steps-to-tell.ts';
import { WaitingLine } from './waiting-line.tsx';
import styles from './step-timeline.module.css';

interface StepRowProps {
  readonly step: Step;
  readonly times: Report['steps'][number] | undefined;
  /** Attempts that did not work out, oldest first. */
  readonly failures: Report['errors'];
  /** What it waits for; null: nothing. */
  readonly waiting: Promotion['waiting'];
}

/** One step: how it went, how long it took, what it waits for and since when, and what it came to. */
export function StepRow({ step, times, failures, waiting }: StepRowProps) {
  const summary = summaryOf(step);
  const { tookMs, waitedMs } = timesOf(step, times);
  return (
    <li className={styles['step']} data-row="" tabIndex={-1}>
      <div className={styles['line']}>
        <StatusMark kind={kindOf(step)} isQuiet>
          {toSentence(step.title)}
        </StatusMark>
        <span className={styles['took']}>
          {step.attempt > 1 && <>attempt {step.attempt} · </>}
          {waitedMs >= 1000 && <>waited {formatDuration(waitedMs)} · </>}
          {step.startedAt !== null && step.finishedAt === null && step.status !== 'pending' ? (
            <SoFar since={step.startedAt} />
          ) : (
            tookMs !== undefined && formatDuration(tookMs)
          )}
        </span>
      </div>
      {waiting !== null && (
        <p className={styles['summary']}>
          <WaitingLine waiting={waiting} />
        </p>
      )}
      {summary !== undefined && step.status !== 'pending' && <p className={styles['summary']}>{summary}</p>}
      {step.error !== null && step.status !== 'done' && failures.length === 0 && (
        <p className={styles['summary']}>{step.error.message}</p>
      )}
      <StepAttempts failures={failures} />
      {step.undo !== null && <StepUndo undo={step.undo} tookMs={times?.undoTookMs ?? null} />}
    </li>
  );
}

function kindOf({ status, undo }: Step): StatusKind {
  if (undo?.status === 'done') return 'rolled-back';
  switch (status) {
    case 'pending':
      return 'idle';
    case 'running':
      return 'running';
    case 'parked':
    case 'retrying':
      return 'waiting';
    case 'done':
      return 'promoted';
    case 'failed':
      return 'failed';
    case 'skipped':
      return 'ended';
  }
}
