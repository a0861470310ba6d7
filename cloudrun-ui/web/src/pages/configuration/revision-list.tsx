import { Link } from '@tanstack/react-router';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { When } from '../../time/when.tsx';
import type { ConfigurationHistory } from './configuration-query.ts';
import styles from './revision-list.module.css';

interface RevisionListProps extends Pick<ConfigurationHistory, 'revisions'> {
  /** Commits that are chosen to be compared. */
  readonly chosen: readonly string[];
  readonly onChoose: (commit: string) => void;
}

/** Commits, the newest first, each with the values that it changed. */
export function RevisionList({ revisions, chosen, onChoose }: RevisionListProps) {
  return (
    <ol className={styles['list']}>
      {revisions.map((revision) => (
        <li key={revision.commit} data-row="" tabIndex={-1}>
          <p className={styles['head']}>
            <input
              type="checkbox"
              aria-label={`Compare ${revision.subject}`}
              checked={chosen.includes(revision.commit)}
              onChange={() => onChoose(revision.commit)}
            />{' '}
            <strong>{revision.subject}</strong>
            <span className="quiet">
              {' '}
              <CodeText length={10}>{revision.commit}</CodeText> · {revision.author} · <When at={revision.at} />
            </span>
            {revision.promotion !== null && (
              <>
                {' '}
                <Link to="/promotions/$promotion" params={{ promotion: revision.promotion }}>
                  {revision.promotion}
                </Link>
              </>
            )}
          </p>
          {revision.changes.length === 0 ? (
            <p className="quiet">No value changed.</p>
          ) : (
            <ValueDiff changes={revision.changes} sides={['Before', 'After']} />
          )}
        </li>
      ))}
    </ol>
  );
}
