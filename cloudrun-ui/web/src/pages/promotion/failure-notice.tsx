import type { Promotion } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { toSentence } from '../../text/to-sentence.ts';
import styles from './failure-notice.module.css';
import type { Report } from './promotion-queries.ts';

interface FailureNoticeProps {
  readonly failure: NonNullable<Promotion['failure']>;
  /** Undefined: not known yet. */
  readonly report: Pick<Report, 'undone' | 'kept'> | undefined;
}

/** What failed in one sentence, the original error, what was undone and what was kept, and what to do. */
export function FailureNotice({ failure, report }: FailureNoticeProps) {
  return (
    <section className={styles['notice']} aria-label="What failed">
      <StatusMark kind="failed">
        {failure.requirementsNotMet ? 'The rules ask for more' : `${failure.step} failed`}
        <span className="quiet">
          {' '}
          · {failure.category.toLowerCase().replaceAll('_', ' ')}
          {failure.code !== null && <>, {failure.code}</>}
        </span>
      </StatusMark>
      <pre className={styles['error']} tabIndex={0} aria-label="The original error">
        {failure.message}
      </pre>
      <p>{toSentence(failure.remedy)}</p>
      <Effects title="Undone" effects={report?.undone ?? []} />
      <Effects title="Kept" effects={report?.kept ?? []} />
    </section>
  );
}

function Effects({ title, effects }: { readonly title: string; readonly effects: Report['undone'] }) {
  if (effects.length === 0) return null;
  return (
    <p className={styles['effects']}>
      <span className="quiet">{title}:</span> {effects.map(({ step, summary }) => `${step} (${summary})`).join(', ')}
    </p>
  );
}
