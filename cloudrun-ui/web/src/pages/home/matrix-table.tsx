import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { MatrixCell } from './matrix-cell.tsx';
import type { Row } from './matrix.ts';
import styles from './matrix-table.module.css';

interface MatrixTableProps {
  readonly environments: readonly string[];
  readonly rows: readonly Row[];
  /** What the rows were searched for; empty: nothing. */
  readonly search: string;
}

const rowHeightPx = 56;

/** Applications by environments. Only the rows in sight are on the page, however many there are. */
export function MatrixTable({ environments, rows, search }: MatrixTableProps) {
  const body = useRef<HTMLDivElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeightPx,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const columns = {
    gridTemplateColumns: `minmax(160px, 1.2fr) repeat(${String(environments.length)}, minmax(152px, 1fr))`,
  };
  return (
    <div className={styles['scroll']}>
      <div
        role="table"
        aria-label="Applications by environments"
        aria-rowcount={rows.length + 1}
        className={styles['table']}
      >
        <div role="row" aria-rowindex={1} className={styles['head']} style={columns}>
          <div role="columnheader">Application</div>
          {environments.map((environment) => (
            <div role="columnheader" key={environment}>
              {environment}
            </div>
          ))}
        </div>
        <div ref={body} role="rowgroup" className={styles['body']} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const top = item.start - virtualizer.options.scrollMargin;
            return (
              <div
                role="row"
                aria-rowindex={item.index + 2}
                key={row.application}
                data-row=""
                className={styles['row']}
                style={{ ...columns, transform: `translateY(${String(top)}px)` }}
              >
                <div role="rowheader" className={styles['application']} tabIndex={0}>
                  {row.application}
                </div>
                {environments.map((environment) => (
                  <div role="cell" key={environment}>
                    <MatrixCell cell={row.cells.get(environment)} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <p className="quiet">No application is called anything like “{search}”.</p>}
    </div>
  );
}
