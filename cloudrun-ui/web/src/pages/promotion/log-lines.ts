import type { LogLine } from '../../api/queries.ts';

/** The lines that have a text in them, or in the name of their step, in whatever case. */
export function linesWith(lines: readonly LogLine[], search: string): readonly LogLine[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return lines;
  return lines.filter(({ step, line }) => `${step} ${line}`.toLowerCase().includes(wanted));
}

/** The whole log as a file that other programs read. */
export function toLogText(lines: readonly LogLine[]): string {
  return lines.map(({ at, step, line }) => `${at} ${step} ${line}\n`).join('');
}

/** A text in pieces: those that were looked for, in whatever case, and what is between them. */
export function splitAt(
  text: string,
  search: string,
): readonly { readonly part: string; readonly isFound: boolean; readonly at: number }[] {
  const wanted = search.trim().toLowerCase();
  const pieces: { readonly part: string; readonly isFound: boolean; readonly at: number }[] = [];
  const take = (from: number, to: number, isFound: boolean): void => {
    if (to > from) pieces.push({ part: text.slice(from, to), isFound, at: from });
  };
  const lower = text.toLowerCase();
  // Some letters are longer in another case, so that places in the one text are none in the other.
  if (wanted === '' || lower.length !== text.length) {
    take(0, text.length, false);
    return pieces;
  }
  let from = 0;
  for (let found = lower.indexOf(wanted); found !== -1; found = lower.indexOf(wanted, from)) {
    take(from, found, false);
    take(found, found + wanted.length, true);
    from = found + wanted.length;
  }
  take(from, text.length, false);
  return pieces;
}
