import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { EnvironmentState } from '../../api/queries.ts';
import { MatrixRow } from './matrix-row.tsx';
import type { Row } from './matrix.ts';
import styles from './matrix-table.module.css';
import { useMatrixVirtualizer } from './use-matrix-virtualizer.ts';
import { usePlainLinks } from './use-plain-links.ts';

const RollbackDialog = lazy(() => import('../../rollback/rollback-dialog.tsx'));

interface MatrixTableProps {
  readonly environments: readonly string[];
  readonly rows: readonly Row[];
  /** Of which applications they are. */
  readonly search: string;
  /** Asks for more rows; undefined: there are none, or they are on their way. */
  readonly onEnd: (() => void) | undefined;
  /** Told which applications the reader has before him. */
  readonly onSight: (applications: readonly string[]) => void;
}

/** Where columns do not fit, environments stand below one another. */
const narrow = '(max-width: 768px)';
/** So many rows before the last one that is here, more are asked for. */
const nearEnd = 30;
/** No column is narrower. */
const columnPx = 160;
const gapPx = 16;

/** Applications by environments. Only the rows in sight are on the page, however many there are. */
export function MatrixTable({ environments, rows, search, onEnd, onSight }: MatrixTableProps) {
  const [takenBack, setTakenBack] = useState<EnvironmentState | undefined>(undefined);
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const followLink = usePlainLinks();
  const head = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const virtualizer = useMatrixVirtualizer({ rows, environments, isNarrow, body });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - nearEnd) onEnd?.();
  }, [last, rows.length, onEnd]);
  const inSight = items.flatMap(({ index }) => rows[index]?.application ?? []).join('\n');
  useEffect(() => {
    onSight(inSight.split('\n'));
  }, [inSight, onSight]);
  const columns = isNarrow
    ? undefined
    : `minmax(${String(columnPx)}px, 1fr) repeat(${String(environments.length)}, minmax(${String(columnPx)}px, 1.2fr))`;
  const minWidth = isNarrow ? undefined : columnPx + environments.length * (columnPx + gapPx);
  return (
    <>
      <div role="table" aria-label="Applications by environments" aria-rowcount={rows.length + 1} onClick={followLink}>
        <div ref={head} className={styles['top']}>
          <div
            role="row"
            aria-rowindex={1}
            className={styles['head']}
            style={{ gridTemplateColumns: columns, minWidth }}
          >
            <div role="columnheader">Application</div>
            {environments.map((environment) => (
              <div role="columnheader" key={environment}>
                {environment}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles['scroll']}
          tabIndex={isNarrow ? undefined : -1}
          onScroll={({ currentTarget: { scrollLeft } }) => {
            // The titles stay in sight, so they cannot be in what scrolls sideways.
            if (head.current !== null) head.current.scrollLeft = scrollLeft;
          }}
        >
          <div ref={body} className={styles['body']} style={{ height: virtualizer.getTotalSize(), minWidth }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <MatrixRow
                  key={row.application}
                  row={row}
                  index={item.index + 2}
                  environments={environments}
                  columns={columns}
                  topPx={item.start - virtualizer.options.scrollMargin}
                  heightPx={item.size}
                  search={search}
                  onRollBack={setTakenBack}
                />
              );
            })}
          </div>
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
    </>
  );
}
