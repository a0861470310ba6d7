import { displayWidth, padTo } from '../display-width.ts';

const gap = '   ';

export interface Cell {
  readonly text: string;
  /** Adds colour to text that is already in its place. */
  readonly paint?: (text: string) => string;
}

/** Rows as columns that line up; a cell is text, or text with its colour. The last column is not padded. */
export function table(rows: readonly (readonly (string | Cell)[])[], indent = ''): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [column, { text }] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, displayWidth(text));
  }
  return cells.map((row) => {
    const line = row.map(({ text, paint }: Cell, column) => {
      const placed = column === row.length - 1 ? text : padTo(text, widths[column] ?? 0);
      return paint === undefined || text === '' ? placed : placed.replace(text, () => paint(text));
    });
    return `${indent}${line.join(gap)}`.trimEnd();
  });
}
