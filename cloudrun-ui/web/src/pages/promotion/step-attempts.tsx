import { toSentence } from '../../text/to-sentence.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { When } from '../../time/when.tsx';
import type { Report } from './promotion-queries.ts';
import styles from './step-timeline.module.css';

/** Attempts of a step that did not work out: what each said, of what kind that is, and what was done then. */
export function StepAttempts({ failures }: { readonly failures: Report['errors'] }) {
  if (failures.length === 0) return null;
  return (
    <ul className={styles['attempts']} aria-label="Attempts that failed">
      {failures.map((failure) => (
        <li key={`${failure.mode} ${String(failure.attempt)} ${failure.at}`}>
          {failure.mode === 'undo' ? 'Undoing, attempt' : 'Attempt'} {failure.attempt} failed <When at={failure.at} />:{' '}
          {failure.message}{' '}
          <span className="quiet">
            {categoryText(failure)} · {thenText(failure)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function categoryText({ category, code }: Report['errors'][number]): string {
  const words = category.toLowerCase().replaceAll('_', ' ');
  return code === null ? words : `${words}, ${code}`;
}

function thenText({ then, backoffSeconds, remedy }: Report['errors'][number]): string {
  switch (then) {
    case 'tried again':
      return backoffSeconds === null ? then : `${then} after ${formatDuration(backoffSeconds * 1000)}`;
    case 'passed over':
      return `${then}: the step is optional`;
    case 'gave up':
      return `${then}. ${toSentence(remedy)}`;
  }
}
