import type { Row } from './matrix.ts';

/** Of what a cell always has: the release, its age and its health. */
const cellPx = 52;
const factPx = 20;
/** Of a row on a phone: the application above its environments, which stand below one another. */
const narrowHeadPx = 40;
const narrowCellPx = 56;

/** How high a row is, which the rows below it have to know before it is on the page. */
export function rowHeightPx(row: Row, environments: readonly string[], isNarrow: boolean): number {
  if (!isNarrow) return cellPx + mostFacts(row) * factPx;
  return environments.reduce((height, environment) => height + narrowCellHeightPx(row, environment), narrowHeadPx);
}

export function narrowCellHeightPx({ cells }: Row, environment: string): number {
  const cell = cells.get(environment);
  return narrowCellPx + (cell === undefined ? 0 : cell.facts.length * factPx);
}

/** The heights of what stands below one another in a row on a phone. */
export function narrowRows(row: Row, environments: readonly string[]): string {
  const heights = environments.map((environment) => `${String(narrowCellHeightPx(row, environment))}px`);
  return [`${String(narrowHeadPx)}px`, ...heights].join(' ');
}

/** How many lines of facts the fullest cell of a row has. */
function mostFacts({ cells }: Row): number {
  let most = 0;
  for (const { facts } of cells.values()) most = Math.max(most, facts.length);
  return most;
}
