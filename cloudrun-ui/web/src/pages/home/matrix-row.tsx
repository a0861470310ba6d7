import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import type { EnvironmentState } from '../../api/queries.ts';
import { MatrixCell } from './matrix-cell.tsx';
import type { Row } from './matrix.ts';
import styles from './matrix-table.module.css';

interface MatrixRowProps {
  readonly row: Row;
  /** Among all rows, those out of sight too. */
  readonly index: number;
  readonly environments: readonly string[];
  readonly style: CSSProperties;
  readonly onRollBack: (state: EnvironmentState) => void;
}

/** One application: what it runs in each environment. */
export function MatrixRow({ row, index, environments, style, onRollBack }: MatrixRowProps) {
  const { application, cells } = row;
  return (
    <div role="row" aria-rowindex={index} data-row="" className={styles['row']} style={style}>
      <div role="rowheader" className={styles['application']}>
        <span className={styles['name']} title={application}>
          {application}
        </span>
        <Link
          to="/"
          search={(now) => ({ ...now, promote: application })}
          className={styles['promote']}
          aria-label={`Promote ${application}`}
        >
          Promote
        </Link>
      </div>
      {environments.map((environment) => (
        <div role="cell" key={environment} data-environment={environment}>
          <MatrixCell cell={cells.get(environment)} onRollBack={onRollBack} />
        </div>
      ))}
    </div>
  );
}
