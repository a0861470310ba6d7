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
