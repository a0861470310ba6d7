import type { EnvironmentState } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import { CellFactLine } from './cell-fact-line.tsx';
import type { Cell } from './matrix.ts';
import styles from './matrix-cell.module.css';
import { addressOfPromotion } from './plain-addresses.ts';

interface MatrixCellProps {
  /** Undefined: the application has no such environment. */
  readonly cell: Cell | undefined;
  readonly onRollBack: (state: EnvironmentState) => void;
}

/** What runs in an environment, since when, how it is, and whatever else a reader should know of it now. */
export function MatrixCell({ cell, onRollBack }: MatrixCellProps) {
  if (cell === undefined) return <span className="quiet">–</span>;
  const { state } = cell;
  const mark = markOf(state);
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
          <button
            type="button"
            className={styles['action']}
            aria-label={`Roll back ${state.application} in ${state.environment}`}
            title="Roll back"
            onClick={() => {
              onRollBack(state);
            }}
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={styles['icon']}>
              <path d="M6.5 3.5 3 7l3.5 3.5M3 7h6a3.5 3.5 0 0 1 0 7H7.5" />
            </svg>
          </button>
        )}
      </div>
      <div className={styles['detail']}>
        <Health state={state} />
        {state.deployedAt !== null && (
          <span>
            <When at={state.deployedAt} />
          </span>
        )}
      </div>
      {cell.facts.map((fact) => (
        <CellFactLine key={fact.kind} fact={fact} />
      ))}
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
    <a
      href={addressOfPromotion(state.promotionId)}
      className={styles['name']}
      title={`${state.release}, by ${state.promotionId}`}
    >
      {state.release}
    </a>
  );
}

type Health = NonNullable<EnvironmentState['observed']>['health'];
const healthMarks: Readonly<Record<Health, { readonly kind: StatusKind; readonly word: string }>> = {
  healthy: { kind: 'promoted', word: 'healthy' },
  sick: { kind: 'failed', word: 'sick' },
  unknown: { kind: 'idle', word: 'health unknown' },
};

function Health({ state: { observed, release } }: { readonly state: EnvironmentState }) {
  if (observed === null || release === null) return null;
  const { kind, word } = healthMarks[observed.health];
  return (
    <span className={styles['health']} title={observed.trouble ?? undefined}>
      <StatusMark kind={kind}>{word}</StatusMark>
    </span>
  );
}

function markOf(state: EnvironmentState): { readonly kind: StatusKind; readonly word: string } {
  if (state.release === null) return { kind: 'idle', word: 'Nothing runs' };
  if (state.isBad) return { kind: 'failed', word: 'Runs a bad release' };
  return state.verifiedAt === null ? { kind: 'waiting', word: 'Not verified' } : { kind: 'promoted', word: 'Verified' };
}
