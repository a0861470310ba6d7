import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { StatusMark } from '../status/status-mark.tsx';
import { formatDuration } from '../time/format-duration.ts';
import { LostWrites } from './lost-writes.tsx';
import type { RollbackPreview } from './rollback-preview-query.ts';
import styles from './rollback.module.css';

/** What a rollback will do, lose, and not be able to undo. */
export function RollbackEffects({ preview }: { readonly preview: RollbackPreview }) {
  const { release, returnsTo, irreversible, lastTookMs, underWay, preempts } = preview;
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
        {returnsTo === null && preview.undone.length > 0 && (
          <li>
            <StatusMark kind="failed">
              No verified release is left to return to: it will fail, and call for somebody
            </StatusMark>
          </li>
        )}
        <LostWrites preview={preview} />
        {preview.stops && (
          <li>
            <StatusMark kind="waiting">Everything there stops for a moment on the way, and answers nobody</StatusMark>
          </li>
        )}
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
