import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Column } from './column.ts';
import styles from './virtual-table.module.css';

interface VirtualTableProps<Row> {
  /** What is in it, for those who hear the page. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Asks for more rows; undefined: there are none, or they are on their way. */
  readonly onEnd?: (() => void) | undefined;
  /** Whether something in each row leads on, which keys then walk to; else they walk the rows themselves. */
  readonly hasLinks?: boolean;
}

/** Until a row has been measured. */
const likelyHeightPx = 40;

/** Rows of the same kind, however many: only those in sight are on the page. */
export function VirtualTable<Row>({ label, columns, rows, keyOf, onEnd, hasLinks = false }: VirtualTableProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [topPx, setTopPx] = useState(0);
  // What stands above it comes and goes.
  useLayoutEffect(() => {
    if (body.current !== null) setTopPx(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => likelyHeightPx,
    overscan: 16,
    scrollMargin: topPx,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 1) onEnd?.();
  }, [last, rows.length, onEnd]);
  const grid = { '--columns': columns.map(({ width = 'minmax(0, 1fr)' }) => width).join(' ') } as object;
  return (
    <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className={styles['table']} style={grid}>
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles['head']}>
          {columns.map(({ title, isNumber = false }) => (
            <div role="columnheader" key={title} className={isNumber ? styles['number'] : undefined}>
              {title}
            </div>
          ))}
        </div>
      </div>
      <div ref={body} role="rowgroup" className={styles['body']} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={keyOf(row)}
              ref={virtualizer.measureElement}
              data-index={index}
              data-row=""
              {...(hasLinks ? {} : { tabIndex: -1 })}
              role="row"
              aria-rowindex={index + 2}
              className={styles['row']}
              style={{ transform: `translateY(${String(start - virtualizer.options.scrollMargin)}px)` }}
            >
              {columns.map(({ title, cell, isNumber = false }) => (
                <div role="cell" key={title} data-title={title} className={isNumber ? styles['number'] : undefined}>
                  <div>{cell(row)}</div>
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
