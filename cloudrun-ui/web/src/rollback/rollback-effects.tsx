import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RollbackPreview } from '../api/queries.ts';
import { StatusMark } from '../status/status-mark.tsx';
import { formatDuration } from '../time/format-duration.ts';
import { When } from '../time/when.tsx';
import styles from './rollback.module.css';

/** What a rollback will do, lose, and not be able to undo. */
export function RollbackEffects({ preview }: { readonly preview: RollbackPreview }) {
  const { release, returnsTo, discards, irreversible, lastTookMs, underWay, preempts } = preview;
  return (
    <div>
      <p className={styles['way']}>
        {release} → {returnsTo ?? 'what ran before'}
        {lastTookMs !== null && <span className="quiet"> · took {formatDuration(lastTookMs)} the last time</span>}
      </p>
      {preview.undone.length > 0 && (
        <dl className={styles['steps']}>
          {preview.undone.map(({ step, title, will }) => (
            <div key={step}>
              <dt>{title}</dt>
              <dd>{will}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className={styles['effects']}>
        <li>
          {discards === null ? (
            <StatusMark kind="promoted">No write is lost</StatusMark>
          ) : (
            <StatusMark kind="failed">
              Everything written since <When at={discards.since} /> is lost; {discards.rowsInBackUp} rows are in the
              back-up
            </StatusMark>
          )}
        </li>
        {irreversible.map((each) => (
          <li key={each}>
            <StatusMark kind="failed">Cannot be undone: {each}</StatusMark>
          </li>
        ))}
        {preview.marksBad && <Quiet>{release} is marked bad and promoted nowhere until somebody unmarks it</Quiet>}
        {preview.alsoRunsIn.length > 0 && (
          <Quiet>It also runs in {preview.alsoRunsIn.join(', ')}, and stays there</Quiet>
        )}
        {preview.pausesAutoPromotion && <Quiet>Nothing moves in by itself until somebody resumes that</Quiet>}
        {preview.takesBack.length > 1 && <Quiet>Takes back {preview.takesBack.join(', ')}</Quiet>}
        {preempts !== null && <Quiet>{preempts}, which only waits for health, is stopped for it</Quiet>}
        {underWay !== null && (
          <li>
            <StatusMark kind="running">
              <Link to="/promotions/$promotion" params={{ promotion: underWay }}>
                {underWay}
              </Link>{' '}
              takes it back already
            </StatusMark>
          </li>
        )}
        {preview.restoreRefused !== null && <Quiet>{preview.restoreRefused}</Quiet>}
      </ul>
    </div>
  );
}

function Quiet({ children }: { readonly children: ReactNode }) {
  return (
    <li>
      <StatusMark kind="ended" isQuiet>
        {children}
      </StatusMark>
    </li>
  );
}
