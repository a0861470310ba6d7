import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { SoFar } from '../../time/so-far.tsx';
import styles from './migration-panel.module.css';
import type { MigrationCourse } from './promotion-queries.ts';
import { standingOfStatement, type StatementStanding } from './statement-standing.ts';

interface MigrationRowProps {
  readonly migration: MigrationCourse;
  /** When it was looked at. */
  readonly at: string;
  /** Whether its promotion has ended: what is to come then does not come. */
  readonly isOver: boolean;
}

const standings: Readonly<Record<MigrationCourse['standing'], { readonly kind: StatusKind; readonly word: string }>> = {
  waiting: { kind: 'idle', word: 'to come' },
  running: { kind: 'running', word: 'runs' },
  applied: { kind: 'promoted', word: 'applied' },
  failed: { kind: 'failed', word: 'failed' },
  'taken-back': { kind: 'rolled-back', word: 'taken back' },
  unknown: { kind: 'waiting', word: 'nobody can say' },
};

const statements: Readonly<Record<StatementStanding, { readonly kind: StatusKind; readonly word: string }>> = {
  done: { kind: 'promoted', word: 'done' },
  running: { kind: 'running', word: 'runs' },
  waiting: { kind: 'idle', word: 'to come' },
  unknown: { kind: 'ended', word: 'nobody can say' },
};

const neverRun = { kind: 'ended', word: 'did not run' } as const;

/** One migration with its statements; those of one that runs are in sight. */
export function MigrationRow({ migration, at, isOver }: MigrationRowProps) {
  const { version, name, kind, standing, running } = migration;
  const { kind: mark, word } = standing === 'waiting' && isOver ? neverRun : standings[standing];
  return (
    <li className={styles['migration']} data-row="" tabIndex={-1}>
      <details {...(standing === 'running' || standing === 'failed' ? { open: true } : {})}>
        <summary>
          <StatusMark kind={mark}>
            {String(version).padStart(3, '0')} {name}: {word}
          </StatusMark>{' '}
          <span className="quiet">
            {kind}
            {running !== null && (
              <>
                {' '}
                · {running.direction === 'down' ? 'undoing, ' : ''}statement {running.statement} of {running.of}, for{' '}
                <SoFar since={sinceOf(at, running.seconds)} />
                {running.indexPercent !== null && <> · index {running.indexPercent} %</>}
              </>
            )}
          </span>{' '}
          {running?.waitsForLock === true && (
            <StatusMark kind="waiting">waits for a lock that somebody else holds</StatusMark>
          )}
        </summary>
        <ol className={styles['statements']}>
          {migration.statements.map((statement, index) => {
            const own = standingOfStatement(migration, index + 1);
            const told = own === 'waiting' && isOver ? neverRun : statements[own];
            return (
              <li key={index}>
                <StatusMark kind={told.kind} hidesWord>
                  {told.word}
                </StatusMark>
                <code>{statement}</code>
              </li>
            );
          })}
        </ol>
      </details>
    </li>
  );
}

function sinceOf(at: string, seconds: number): string {
  return new Date(new Date(at).getTime() - seconds * 1000).toISOString();
}
