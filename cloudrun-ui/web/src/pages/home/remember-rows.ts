import type { MatrixPage } from '../../api/queries.ts';
import { rowsOf, type Row } from './matrix.ts';

/** Makes the rows of pages, each page once: of a thousand applications a few change at a time. */
export function rememberRows(): (pages: readonly MatrixPage[]) => readonly Row[] {
  const made = new WeakMap<MatrixPage, readonly Row[]>();
  return (pages) =>
    pages.flatMap((page) => {
      const rows = made.get(page) ?? rowsOf(page);
      made.set(page, rows);
      return rows;
    });
}
