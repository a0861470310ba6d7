import {
  namesWhere,
  type ItemStanding,
  type PeopleRecord,
  type PromotionView,
  type StoredOpenItem,
  instantText,
} from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table } from './table.ts';

/** What people had to do with a promotion, oldest first; what there is nothing of is left out. */
export function peopleLines(people: PeopleRecord, view: PromotionView, paint: Paint): readonly string[] {
  const { overrides } = view.promotion;
  const { checklist, notes, openItems, spokenFor } = people;
  const name = namesWhere(spokenFor);
  return [
    ...section(
      'Set aside',
      table(
        overrides.map(({ kind, by, at, reason }) => cells([kind, name(by), instantText(new Date(at)), reason])),
        '  ',
      ),
    ),
    ...section('Checklist', checklistLines(checklist, paint, name)),
    ...section('Approvals', approvalLines(people, view)),
    ...section(
      'Notes',
      table(
        notes.map(({ by, at, text }) => cells([name(by), instantText(at), text])),
        '  ',
      ),
    ),
    ...section('Left to do', openItemLines(openItems)),
  ];
}

/** Each vote with the plan that it was about, because only those over the plan as it is now count. */
function approvalLines({ votes, spokenFor }: PeopleRecord, { promotion }: PromotionView): readonly string[] {
  const name = namesWhere(spokenFor);
  const rows = votes.map(({ stage, actor, decision, planHash, comment, at }) => {
    const plan = `plan ${planHash.slice(0, 7)}${planHash === promotion.planHash ? '' : ', another by now'}`;
    return cells([stage, `${decision} by ${name(actor)}`, instantText(at), plan, comment ?? '']);
  });
  return table(rows, '  ');
}

/** The items with their numbers, each with whoever ticked it. */
export function checklistLines(
  checklist: readonly ItemStanding[],
  paint: Paint,
  name: (id: string) => string = (id) => id,
): readonly string[] {
  return table(
    checklist.map((standing) => {
      const { requirement, number, state } = standing;
      const done = state !== 'open';
      return [
        { text: done ? '✔' : '·', paint: done ? paint.green : paint.yellow },
        String(number),
        printable(requirement.item),
        printable(standingText(standing, name)),
      ];
    }),
    '  ',
  );
}

function standingText({ requirement, state, by, note, at }: ItemStanding, name: (id: string) => string): string {
  const said = note === undefined || note === '' ? '' : `: ${note}`;
  switch (state) {
    case 'ticked-by-person':
      return `${name(by ?? '')}${at === undefined ? '' : ` at ${instantText(at)}`}${said}`;
    case 'ticked-by-gate':
      return `gate ${by ?? ''}${said}`;
    case 'overruled':
      return `not met, overruled by ${name(by ?? '')}${said}`;
    case 'open':
      return `open, ${whoText(requirement)}${requirement.phase === 'after' ? ', after the promotion' : ''}`;
  }
}

function whoText({ gate, by }: ItemStanding['requirement']): string {
  if (by !== undefined) return `for the role ${by}`;
  return gate === undefined ? 'for whoever may tick' : `for the gate ${gate}`;
}

/** What is left to do, with the id by which it is closed. */
export function openItemLines(items: readonly StoredOpenItem[]): readonly string[] {
  return table(
    items.map(({ id, application, environment, detail }) => cells([`${application} ${environment}`, detail, id])),
    '  ',
  );
}

function cells(words: readonly string[]): readonly string[] {
  return words.map(printable);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
