import {
  namesWhere,
  outcomeName,
  timeTakenMs,
  type EndedPromotion,
  type History,
} from '../../engine/promotion-service.ts';
import { formatAge, formatTotal } from '../format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { changeValue } from './changes-lines.ts';
import { endLook } from './end-look.ts';
import { table } from './table.ts';

/** What is over, a block each: what, where, how it ended and by whom, then what it changed. */
export function historyLines({ promotions, isCut }: History, now: Date, paint: Paint): readonly string[] {
  if (promotions.length === 0) return ['Nothing like that is over yet.'];
  return [
    ...promotions.flatMap((ended) => endedLines(ended, now, paint)),
    ...(isCut ? ['', 'There is more: raise --limit, or name an environment or an application.'] : []),
  ];
}

function endedLines(ended: EndedPromotion, now: Date, paint: Paint): readonly string[] {
  const { id, application, release, endedAt, trouble, changes } = ended;
  const { mark, colour } = endLook(ended.state, paint);
  const took = formatTotal(timeTakenMs({ ...ended, updatedAt: endedAt }));
  return [
    [
      formatAge(endedAt, now),
      paint.bold(`${printable(application)} ${printable(release)}`),
      printable(moveText(ended)),
      colour(`${mark} ${outcomeText(ended)} in ${took}`),
      whoText(ended),
      printable(id),
    ].join('   '),
    ...(trouble === undefined ? [] : [`    ${printable(firstLine(trouble))}`]),
    ...ended.overrides.map(({ kind, by, reason }) =>
      paint.yellow(`    ${kind} set aside by ${printable(namesWhere(ended.spokenFor)(by))}: ${printable(reason)}`),
    ),
    ...table(
      changes
        .filter(({ kind }) => kind !== 'override')
        .map(({ kind, subject, before, after }) => [
          { text: kind, paint: paint.dim },
          printable(subject),
          `${changeValue(before)} → ${changeValue(after)}`,
        ]),
      '    ',
    ),
  ];
}

function moveText({ kind, from, to, of }: EndedPromotion): string {
  switch (kind) {
    case 'promote':
      return `${from} → ${to}`;
    case 'rollback':
      return `taken back in ${to}${of === undefined ? '' : ` (${of})`}`;
    case 'contract':
      return `contract in ${to}${of === undefined ? '' : ` (${of})`}`;
  }
}

function whoText({ requestedBy, onBehalfOf, approvedBy, spokenFor }: EndedPromotion): string {
  const name = namesWhere(spokenFor);
  const behind = onBehalfOf === undefined ? '' : ` for ${printable(onBehalfOf)}`;
  const approvals =
    approvedBy.length === 0 ? '' : `, approved by ${approvedBy.map((id) => printable(name(id))).join(', ')}`;
  return `by ${printable(name(requestedBy))}${behind}${approvals}`;
}

function outcomeText({ state, isCancelled }: EndedPromotion): string {
  return state === 'ROLLED_BACK' && isCancelled === true ? 'cancelled and taken back' : outcomeName(state);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
