import { Link } from '@tanstack/react-router';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import type { Cell } from './matrix.ts';
import styles from './matrix-cell.module.css';

/** What runs in an environment, how it is, and what is about to change that. */
export function MatrixCell({ cell }: { readonly cell: Cell | undefined }) {
  if (cell === undefined) return <span className="quiet">–</span>;
  const { state, moving, closure } = cell;
  return (
    <div className={styles['cell']}>
      <div className={styles['release']}>
        <StatusMark kind={kindOf(cell)} hidesWord />
        <span className={styles['name']} title={state.release ?? undefined}>
          {state.release ?? 'nothing'}
        </span>
        {state.isBad && <span className={styles['bad']}>bad</span>}
        {state.isHotfix && <span className={styles['tag']}>hotfix</span>}
      </div>
      <div className={styles['detail']}>
        {moving !== undefined ? (
          <Link to="/promotions/$promotion" params={{ promotion: moving.id }}>
            {moving.release} {moving.waiting === null ? 'is moving in' : `waits: ${moving.waiting.reason}`}
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
          <When at={state.deployedAt} />
        ) : null}
        {state.undoWindowUntil !== null && moving === undefined && (
          <span title="Until then a rollback loses nothing">
            {' '}
            · undo <Countdown until={state.undoWindowUntil} over="over" />
          </span>
        )}
      </div>
    </div>
  );
}

function kindOf({ state, moving, closure }: Cell) {
  if (moving !== undefined) return statusOfState(moving.state, moving.waiting !== null);
  if (closure !== undefined) return 'held';
  if (state.release === null) return 'idle';
  if (state.isBad) return 'failed';
  return state.verifiedAt === null ? 'waiting' : 'promoted';
}
