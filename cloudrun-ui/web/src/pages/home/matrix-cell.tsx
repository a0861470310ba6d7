import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { EnvironmentState } from '../../api/queries.ts';
import { statusOfState, type StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import type { Cell } from './matrix.ts';
import styles from './matrix-cell.module.css';

interface MatrixCellProps {
  /** Undefined: the application has no such environment. */
  readonly cell: Cell | undefined;
  readonly onRollBack: (state: EnvironmentState) => void;
}

/** What runs in an environment, how it is, and what is about to change that. */
export function MatrixCell({ cell, onRollBack }: MatrixCellProps) {
  if (cell === undefined) return <span className="quiet">–</span>;
  const { state } = cell;
  const mark = markOf(cell);
  return (
    <div className={styles['cell']}>
      <div className={styles['release']}>
        <StatusMark kind={mark.kind} hidesWord>
          {mark.word}
        </StatusMark>
        <Release state={state} />
        {state.isBad && <span className={styles['bad']}>bad</span>}
        {state.isHotfix && <span className={styles['tag']}>hotfix</span>}
        {state.promotionId !== null && (
          <ActionIcon
            className={styles['action']}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Roll back ${state.application} in ${state.environment}`}
            title="Roll back"
            onClick={() => {
              onRollBack(state);
            }}
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={styles['icon']}>
              <path d="M6.5 3.5 3 7l3.5 3.5M3 7h6a3.5 3.5 0 0 1 0 7H7.5" />
            </svg>
          </ActionIcon>
        )}
      </div>
      <Detail cell={cell} />
    </div>
  );
}

function Release({ state }: { readonly state: EnvironmentState }) {
  if (state.release === null) return <span className="quiet">nothing</span>;
  if (state.promotionId === null) {
    return (
      <span className={styles['name']} title={state.release}>
        {state.release}
      </span>
    );
  }
  return (
    <Link
      to="/promotions/$promotion"
      params={{ promotion: state.promotionId }}
      className={styles['name']}
      title={`${state.release}, by ${state.promotionId}`}
    >
      {state.release}
    </Link>
  );
}

/** The one thing beside the release that a reader should know now. */
function Detail({ cell: { state, moving, closure } }: { readonly cell: Cell }) {
  return (
    <div className={styles['detail']}>
      {moving !== undefined ? (
        <Link to="/promotions/$promotion" params={{ promotion: moving.id }} className={styles['moving']}>
          {moving.release} {moving.waiting === null ? 'is moving in' : `waits for ${wordOf(moving.waiting.reason)}`}
        </Link>
      ) : closure !== undefined ? (
        <span title={closure.reason}>
          {closure.kind === 'hold' ? 'held' : (closure.name ?? 'frozen')}
          {closure.until !== null && (
            <>
              {' '}
              for <Countdown until={closure.until} over="a moment" />
            </>
          )}
        </span>
      ) : state.deployedAt !== null ? (
        <>
          <When at={state.deployedAt} />
        </>
      ) : null}
      {state.undoWindowUntil !== null && moving === undefined && (
        <span title="Until then a rollback loses nothing">
          {' '}
          · undo <Countdown until={state.undoWindowUntil} over="over" />
        </span>
      )}
    </div>
  );
}

function wordOf(reason: string): string {
  return reason.replaceAll('-', ' ');
}

function markOf({ state, moving, closure }: Cell): { readonly kind: StatusKind; readonly word: string } {
  if (moving !== undefined) {
    const kind = statusOfState(moving.state, moving.waiting !== null);
    return { kind, word: kind === 'waiting' ? 'Something waits to move in' : 'Something is moving in' };
  }
  if (closure !== undefined) return { kind: 'held', word: closure.kind === 'hold' ? 'Held' : 'Frozen' };
  if (state.release === null) return { kind: 'idle', word: 'Nothing runs' };
  if (state.isBad) return { kind: 'failed', word: 'Runs a bad release' };
  return state.verifiedAt === null ? { kind: 'waiting', word: 'Not verified' } : { kind: 'promoted', word: 'Verified' };
}
