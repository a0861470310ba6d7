import type { ConfigurationDiff, ConfigurationHistory } from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

type Change = ConfigurationDiff['changes'][number];

/** The commits of an environment's values, newest first, each with what it changed. */
export function configurationHistoryLines(
  { environment, path, branch, revisions, isCut }: ConfigurationHistory,
  now: Date,
  paint: Paint,
): readonly string[] {
  const place = `${printable(path)} on branch ${printable(branch)}`;
  if (revisions.length === 0)
    return [`Nothing ever changed ${place}, which ${printable(environment)} is configured with.`];
  return [
    `${printable(environment)} is configured with ${place}`,
    ...revisions.flatMap(({ commit, at, author, subject, promotionId, changes }) => [
      [
        formatAge(at, now),
        paint.yellow(commit.slice(0, 7)),
        printable(subject),
        paint.dim(`by ${printable(author)}`),
        ...(promotionId === undefined ? [] : [paint.dim(printable(promotionId))]),
      ].join('  '),
      ...changeLines(changes, paint),
    ]),
    ...(isCut ? ['', 'There is more: raise --limit.'] : []),
  ];
}

export function configurationDiffLines({ from, to, changes }: ConfigurationDiff, paint: Paint): readonly string[] {
  const head = `${printable(from)} → ${printable(to)}`;
  if (changes.length === 0) return [`${head}: no value differs.`];
  return [head, ...changeLines(changes, paint)];
}

function changeLines(changes: readonly Change[], paint: Paint): readonly string[] {
  return table(
    changes.map(({ subject, before, after }) => {
      const [sign, colour] =
        before === undefined ? ['+', paint.green] : after === undefined ? ['-', paint.red] : ['~', paint.yellow];
      return [{ text: `${sign} ${printable(subject)}`, paint: colour }, `${value(before)} → ${value(after)}`];
    }),
    '    ',
  );
}

function value(text: string | undefined): string {
  if (text === undefined) return 'unset';
  return printable(/^sha256:[0-9a-f]{64}$/.test(text) ? text.slice(0, 'sha256:'.length + 12) : text);
}
