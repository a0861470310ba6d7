/** Rows that `j` and `k` walk: whatever on the page says so, in its order. */
const rowSelector = '[data-row]';

/** Moves the focus to the next or the former row; from nowhere, to the first or the last one. */
export function walkRows(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(rowSelector)];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const next = current === -1 ? (step === 1 ? 0 : rows.length - 1) : current + step;
  const row = rows[next];
  if (row === undefined) return;
  const target = row.matches('a, button, [tabindex]') ? row : row.querySelector<HTMLElement>('a, button, [tabindex]');
  target?.focus();
  row.scrollIntoView({ block: 'nearest' });
}
