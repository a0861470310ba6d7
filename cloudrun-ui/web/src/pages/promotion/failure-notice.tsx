import type { Promotion } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import styles from './failure-notice.module.css';

/** What failed in one sentence, the original error, and what to do. */
export function FailureNotice({ failure }: { readonly failure: NonNullable<Promotion['failure']> }) {
  return (
    <section className={styles['notice']} aria-label="What failed">
      <StatusMark kind="failed">
        {failure.requirementsNotMet ? 'The rules ask for more' : `${failure.step} failed`}
        <span className="quiet"> · {failure.category.toLowerCase().replaceAll('_', ' ')}</span>
      </StatusMark>
      <pre className={styles['error']}>{failure.message}</pre>
      <p>{failure.remedy}</p>
    </section>
  );
}
