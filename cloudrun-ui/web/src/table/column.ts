import type { ReactNode } from 'react';

/** One column of a table: what is above it, and what stands in it of each row. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Default: it is not. */
  readonly isNumber?: boolean;
  /** Whether its title is for those who hear the page; the cells say enough to those who see it. */
  readonly isTitleHidden?: boolean;
  /** Whether it is never broken into lines, where there is room. */
  readonly isWhole?: boolean;
  /** Whether people or machines wrote it, so that it may be long, and have words in it that are. */
  readonly isProse?: boolean;
  /** Where rows are laid out on a grid: how wide, such as `minmax(120px, 1fr)`. */
  readonly width?: string;
}
