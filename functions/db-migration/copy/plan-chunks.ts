/** How large a table is, and how much work is left once its rows are there. */
export interface TableSize {
  readonly oid: number;
  /** With what is stored out of line. */
  readonly bytes: number;
  /** Of the table itself. */
  readonly pages: number;
  /** Of its indexes, weighted by how long their kind takes to build. */
  readonly indexCost: number;
}

/** Whole pages of a table: from the first one on, up to the second one or to the end. */
export interface PageRange {
  readonly from: number;
  /** Undefined: to the end, wherever that is by then. */
  readonly to: number | undefined;
}

/** What is copied at once, by one session of each side. */
export interface Chunk {
  readonly table: number;
  /** Undefined: the whole table. */
  readonly pages: PageRange | undefined;
  /** About so many. */
  readonly bytes: number;
}

/**
 * Cuts large tables by pages, and puts first what keeps others waiting longest: the tables whose indexes take longest, since
 * those can only be built once all of their rows are there; among these the largest.
 * @param chunkBytes no chunk is much larger, unless one page is.
 * @param canCut whether a server finds a range of pages without reading the others: PostgreSQL does from 14 on.
 */
export function planChunks(tables: readonly TableSize[], chunkBytes: number, canCut: boolean): readonly Chunk[] {
  const inOrder = tables.toSorted(
    (one, other) => other.indexCost - one.indexCost || other.bytes - one.bytes || one.oid - other.oid,
  );
  return inOrder.flatMap((table) => chunksOf(table, chunkBytes, canCut));
}

function chunksOf({ oid, bytes, pages }: TableSize, chunkBytes: number, canCut: boolean): readonly Chunk[] {
  const count = canCut ? Math.min(Math.ceil(bytes / chunkBytes), pages) : 1;
  if (count <= 1) return [{ table: oid, pages: undefined, bytes }];
  const step = Math.ceil(pages / count);
  const starts = Array.from({ length: Math.ceil(pages / step) }, (_, index) => index * step);
  return starts.map((from, index) => ({
    table: oid,
    pages: { from, to: index === starts.length - 1 ? undefined : from + step },
    bytes: Math.round(bytes / starts.length),
  }));
}
