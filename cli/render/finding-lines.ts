import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { DoctorFinding } from '../session.ts';
import type { Paint } from '../terminal.ts';

const subjectWidth = 27;

/** What was looked at and found, and below it how to mend it. */
export function findingLines({ subject, level, detail, remedy }: DoctorFinding, paint: Paint): readonly string[] {
  const marks = { ok: paint.green('✔'), warn: paint.yellow('!'), fail: paint.red('✖') };
  const lead = `  ${marks[level]} ${padTo(printable(subject), subjectWidth)} `;
  const mending = remedy === undefined ? [] : [`     ${' '.repeat(subjectWidth)}→ ${printable(remedy)}`];
  return [`${lead}${printable(detail)}`, ...mending];
}

export function findingTotal(findings: readonly DoctorFinding[]): string {
  const failed = findings.filter(({ level }) => level === 'fail').length;
  const warned = findings.filter(({ level }) => level === 'warn').length;
  if (failed > 0) return `${String(failed)} of ${String(findings.length)} must be mended.`;
  return warned > 0 ? `Promotions can run; ${String(warned)} could be better.` : 'Everything is in order.';
}
