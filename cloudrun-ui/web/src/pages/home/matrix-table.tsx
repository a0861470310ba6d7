import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { EnvironmentState } from '../../api/queries.ts';
import { MatrixRow } from './matrix-row.tsx';
import type { Row } from './matrix.ts';
import styles from './matrix-table.module.css';

const RollbackDialog = lazy(() => import('../../rollback/rollback-dialog.tsx'));

interface MatrixTableProps {
  readonly environments: readonly string[];
  readonly rows: readonly Row[];
  /** Asks for more rows; undefined: there are none, or they are on their way. */
  readonly onEnd: (() => void) | undefined;
}

const rowHeightPx = 56;
/** Where columns do not fit, environments stand below one another. */
const narrow = '(max-width: 768px)';
const narrowHeadPx = 40;
const narrowCellPx = 52;

/** Applications by environments. Only the rows in sight are on the page, however many there are. */
export function MatrixTable({ environments, rows, onEnd }: MatrixTableProps) {
  const [takenBack, setTakenBack] = useState<EnvironmentState | undefined>(undefined);
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const body = useRef<HTMLDivElement>(null);
  const heightPx = isNarrow ? narrowHeadPx + environments.length * narrowCellPx : rowHeightPx;
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => heightPx,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, heightPx]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 1) onEnd?.();
  }, [last, rows.length, onEnd]);
  const columns = {
    gridTemplateColumns: isNarrow
      ? 'minmax(0, 1fr)'
      : `minmax(160px, 1fr) repeat(${String(environments.length)}, minmax(160px, 1.2fr))`,
  };
  return (
    <div className={styles['scroll']} tabIndex={isNarrow ? undefined : -1}>
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
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const top = item.start - virtualizer.options.scrollMargin;
            return (
              <MatrixRow
                key={row.application}
                row={row}
                index={item.index + 2}
                environments={environments}
                style={{ ...columns, height: heightPx, transform: `translateY(${String(top)}px)` }}
                onRollBack={setTakenBack}
              />
            );
          })}
        </div>
      </div>
      {takenBack !== undefined && takenBack.promotionId !== null && (
        <Suspense>
          <RollbackDialog
            promotion={takenBack.promotionId}
            application={takenBack.application}
            environment={takenBack.environment}
            onClose={() => {
              setTakenBack(undefined);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
