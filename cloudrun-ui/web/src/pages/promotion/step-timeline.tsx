import type { Promotion, Step } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { toSentence } from '../../text/to-sentence.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { useNow } from '../../time/use-now.ts';
import { stepsToTell, summaryOf } from './steps-to-tell.ts';
import styles from './step-timeline.module.css';

/** Every step, in its order: how it went, how long it took, and how it was undone. */
export function StepTimeline({ promotion }: { readonly promotion: Promotion }) {
  return (
    <section aria-label="Steps">
      <h2 className={styles['title']}>Steps</h2>
      <ol className={styles['steps']}>
        {stepsToTell(promotion).map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
      </ol>
    </section>
  );
}

function StepRow({ step }: { readonly step: Step }) {
  const summary = summaryOf(step);
  return (
    <li className={styles['step']} data-row="" tabIndex={-1}>
      <div className={styles['line']}>
        <StatusMark kind={kindOf(step)} isQuiet>
          {toSentence(step.title)}
        </StatusMark>
        <span className={styles['took']}>
          {step.attempt > 1 && <>attempt {step.attempt} · </>}
          <Took step={step} />
        </span>
      </div>
      {summary !== undefined && step.status !== 'pending' && <p className={styles['summary']}>{summary}</p>}
      {step.error !== null && step.status !== 'done' && <p className={styles['summary']}>{step.error.message}</p>}
      {step.undo !== null && (
        <p className={styles['summary']}>
          <StatusMark
            kind={step.undo.status === 'failed' ? 'failed' : step.undo.status === 'done' ? 'rolled-back' : 'running'}
          >
            {step.undo.status === 'done'
              ? 'taken back'
              : step.undo.status === 'failed'
                ? 'could not be taken back'
                : 'is taken back'}
          </StatusMark>{' '}
          {step.undo.summary ?? step.undo.error?.message ?? ''}
        </p>
      )}
    </li>
  );
}

/** How long it took; for one that runs, so far. */
function Took({ step }: { readonly step: Step }) {
  if (step.startedAt === null) return null;
  if (step.finishedAt === null) return step.status === 'pending' ? null : <SoFar since={step.startedAt} />;
  return <>{formatDuration(new Date(step.finishedAt).getTime() - new Date(step.startedAt).getTime())}</>;
}

function SoFar({ since }: { readonly since: string }) {
  return <>{formatDuration(useNow().getTime() - new Date(since).getTime())}</>;
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
