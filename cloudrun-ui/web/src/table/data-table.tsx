import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import styles from './table.module.css';

interface DataTableProps<Row> {
  readonly caption: string;
  /** Whether the caption is for those who hear the page; a heading says the same. */
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Whether something in each row leads on, which keys then walk to; else they walk the rows themselves. */
  readonly hasLinks?: boolean;
  /** What is said where there is no row. Default: the table, without any. */
  readonly empty?: ReactNode;
}

/** Rows of the same kind; on a phone each stands as a block, with the titles beside its values. */
export function DataTable<Row>({ caption, isCaptionHidden = false, columns, rows, ...rest }: DataTableProps<Row>) {
  const { keyOf, hasLinks = false, empty } = rest;
  const isEmpty = rows.length === 0 && empty !== undefined;
  return (
    <>
      <table className={styles['table']} data-stacks="">
        <caption className={isCaptionHidden ? styles['hidden'] : undefined}>{caption}</caption>
        {!isEmpty && (
          <>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col" key={column.title} className={classOf(column)}>
                    {column.isTitleHidden === true ? (
                      <span className={styles['hidden']}>{column.title}</span>
                    ) : (
                      column.title
                    )}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)} data-row="" {...(hasLinks ? {} : { tabIndex: -1 })}>
                  {columns.map((column) => (
                    <td
                      key={column.title}
                      className={classOf(column)}
                      data-title={column.isTitleHidden === true ? undefined : column.title}
                    >
                      <div>{column.cell(row)}</div>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </>
        )}
      </table>
      {isEmpty && <p className={styles['empty']}>{empty}</p>}
    </>
  );
}

function classOf<Row>({ isNumber = false, isWhole = false, isProse = false }: Column<Row>): string | undefined {
  if (isNumber) return styles['number'];
  return isWhole ? styles['whole'] : isProse ? styles['prose'] : undefined;
}
