import {
  actorText,
  instantText,
  isEndState,
  namesWhere,
  type ChangesSince,
  type StateAt,
} from '../../engine/promotion-service.ts';
import { formatAge } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

type Group = ChangesSince['groups'][number];
type Origin = Group['origin'];

/**
 * What changed, a block for each promotion, newest first, with the command that takes it back.
 * @param isUpToNow whether nothing newer is left out, so that the newest here is what a rollback would take back.
 */
export function changesSinceLines(
  { since, until, groups, isCut }: ChangesSince,
  now: Date,
  paint: Paint,
  invocation: string,
  isUpToNow = true,
): readonly string[] {
  if (groups.length === 0) {
    return [`Nothing changed since ${instantText(since)}${isUpToNow ? '' : `, until ${instantText(until)}`}.`];
  }
  return [
    ...groups.flatMap((group, index) => {
      const isNewest =
        isUpToNow &&
        !groups
          .slice(0, index)
          .some((newer) => isThere(newer, group) && hasChanged(newer) && !hasTakenItselfBack(newer));
      return groupLines(group, isNewest, now, paint, invocation);
    }),
    ...(isCut ? ['', 'There is more: raise --limit, or name an environment or an application.'] : []),
  ];
}

function isThere({ application, environment }: Group, other: Group): boolean {
  return application === other.application && environment === other.environment;
}

/** That somebody set a rule aside for it says nothing about whether it came to anything. */
function hasChanged({ changes }: Group): boolean {
  return changes.some(({ kind }) => kind !== 'override');
}

/** Whether it was taken back by itself: as it is recorded, or by everything being again what it had been. */
function hasTakenItselfBack({ changes, origin }: Group): boolean {
  if (origin?.takenBack !== undefined) return origin.takenBack === 'by-itself';
  const real = changes.filter(({ kind }) => kind !== 'override');
  const subjects = Map.groupBy(real, ({ kind, subject }) => `${kind} ${subject}`);
  return real.length > 0 && [...subjects.values()].every((each) => each[0]?.before === each.at(-1)?.after);
}

function undoneText(group: Group): string {
  if (group.origin?.takenBack === 'later') return ', which was taken back since';
  return hasTakenItselfBack(group) ? ', which took itself back' : '';
}

/** @param isNewest whether it is what a rollback of the environment would take back. */
function groupLines(group: Group, isNewest: boolean, now: Date, paint: Paint, invocation: string): readonly string[] {
  const { at, application, environment, origin, changedBy, saidBy } = group;
  const undone = undoneText(group);
  const isUndone = undone !== '';
  const what =
    origin === undefined
      ? 'recorded without a promotion'
      : hasChanged(group) || isEndState(origin.state)
        ? `${mark(origin, isUndone, paint)} ${printable(origin.release)}${undone}`
        : `${paint.blue('◐')} ${printable(origin.release)}, on its way: nothing is changed yet`;
  const by =
    origin === undefined ? `by ${printable(actorText({ id: changedBy, spokenForBy: saidBy }))}` : whoText(origin);
  return [
    `${formatAge(at, now)}   ${paint.bold(printable(application))} in ${printable(environment)}   ${what}   ${by}`,
    ...table(
      group.changes.map(({ kind, subject, before, after }) => [
        { text: kind, paint: paint.dim },
        printable(subject),
        kind === 'release' && before === undefined
          ? `${changeValue(after)}, the first release there`
          : `${changeValue(before)} → ${changeValue(after)}`,
      ]),
      '    ',
    ),
    ...(origin?.kind === 'promote' && isNewest && !isUndone && hasChanged(group)
      ? [
          paint.dim(
            `    take it back: ${invocation} rollback ${printable(application)} --env ${printable(environment)}`,
          ),
        ]
      : []),
  ];
}

/** What was not as it is now, and what was on its way then. */
export function stateAtLines({ at, differences, moving, isCut }: StateAt, paint: Paint): readonly string[] {
  const rows = differences.map((each) => [
    `${printable(each.application)} in ${printable(each.environment)}`,
    { text: each.kind, paint: paint.dim },
    printable(each.subject),
    `${each.isThenKnown ? changeValue(each.then) : 'not recorded yet'}, now ${changeValue(each.now)}`,
    each.origin === undefined ? '' : `since ${printable(each.origin.promotionId)} (${whoText(each.origin)})`,
  ]);
  return [
    ...(rows.length === 0
      ? [`At ${instantText(at)} everything was as it is now.`]
      : [`At ${instantText(at)} this was not as it is now:`, ...table(rows, '  ')]),
    ...(isCut ? ['  There is more: raise --limit, or name an environment or an application.'] : []),
    '',
    ...(moving.length === 0 ? ['Nothing was on its way then.'] : ['On its way then:']),
    ...table(
      moving.map(({ id, application, release, from, to, requestedBy, saidBy }) => [
        printable(id),
        `${printable(application)} ${printable(release)}`,
        `${printable(from)} → ${printable(to)}`,
        `by ${printable(actorText({ id: requestedBy, spokenForBy: saidBy }))}`,
      ]),
      '  ',
    ),
  ];
}

function mark({ kind }: NonNullable<Origin>, isUndone: boolean, paint: Paint): string {
  return kind === 'rollback' || isUndone ? paint.magenta('↩') : paint.green('✔');
}

/** That somebody else spoke for a person is never left out. */
function whoText({ requestedBy, onBehalfOf, approvedBy, spokenFor }: NonNullable<Origin>): string {
  const name = (id: string): string => printable(namesWhere(spokenFor)(id));
  const approvals = approvedBy.length === 0 ? '' : `, approved by ${approvedBy.map(name).join(', ')}`;
  const behind = onBehalfOf === undefined ? '' : ` for ${printable(onBehalfOf)}`;
  return `by ${name(requestedBy)}${behind}${approvals}`;
}

/** One value of a change; digests are cut to what people compare. */
export function changeValue(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return printable(/^sha256:[0-9a-f]{64}$/.test(text) ? text.slice(0, 'sha256:'.length + 12) : text);
}
