import { memo } from 'react';
import type { EnvironmentState } from '../../api/queries.ts';
import { MatrixCell } from './matrix-cell.tsx';
import type { Row } from './matrix.ts';
import { addressOfPipeline, addressOfPromoting } from './plain-addresses.ts';
import { narrowRows } from './row-height.ts';
import styles from './matrix-table.module.css';

interface MatrixRowProps {
  readonly row: Row;
  /** Among all rows, those out of sight too. */
  readonly index: number;
  readonly environments: readonly string[];
  /** Undefined: they stand below one another. */
  readonly columns: string | undefined;
  readonly topPx: number;
  readonly heightPx: number;
  /** Of which applications home shows. */
  readonly search: string;
  readonly onRollBack: (state: EnvironmentState) => void;
}

/** One application: what it runs in each environment. Made anew only when something of it is another thing. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { row, index, environments, columns, topPx, heightPx, search, onRollBack } = props;
  const { application, cells } = row;
  const style = {
    height: heightPx,
    transform: `translateY(${String(topPx)}px)`,
    ...(columns === undefined ? { gridTemplateRows: narrowRows(row, environments) } : { gridTemplateColumns: columns }),
  };
  return (
    <div role="row" aria-rowindex={index} data-row="" className={styles['row']} style={style}>
      <div role="rowheader" className={styles['application']}>
        <a href={addressOfPipeline(application)} className={styles['name']} title={application}>
          {application}
        </a>
        <a
          href={addressOfPromoting(application, search)}
          className={styles['promote']}
          aria-label={`Promote ${application}`}
        >
          Promote
        </a>
      </div>
      {environments.map((environment) => (
        <div role="cell" key={environment} data-environment={environment}>
          <MatrixCell cell={cells.get(environment)} onRollBack={onRollBack} />
        </div>
      ))}
    </div>
  );
});
