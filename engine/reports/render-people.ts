import type { ItemStanding } from '../workflow/checklist.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Note, Vote } from '../workflow/step-queries.ts';
import { namesWhere } from '../workflow/actor.ts';
import { inline } from './inline.ts';

/** What people had to do with a promotion, as its report tells it. */
export interface ReportedPeople {
  readonly votes: readonly Vote[];
  readonly checklist: readonly ItemStanding[];
  readonly notes: readonly Note[];
  /** For whom somebody else spoke, each with who did. */
  readonly spokenFor: ReadonlyMap<string, string>;
}

/** Who set aside, ticked, decided and noted what; what there is nothing of is left out. */
export function renderPeople(
  { overrides }: PromotionRecord,
  { votes, checklist, notes, spokenFor }: ReportedPeople,
): readonly string[] {
  const name = namesWhere(spokenFor);
  return [
    ...section(
      'Set aside',
      overrides.map(({ kind, by, at, reason }) => `${kind} by ${name(by)}, ${at}: ${reason}`),
    ),
    ...section(
      'Checklist',
      checklist.map((item) => itemText(item, name)),
    ),
    ...section(
      'Approvals',
      votes.map(({ stage, actor, decision, planHash, comment, at }) => {
        const said = comment === undefined ? '' : `: ${comment}`;
        return `${stage}: ${decision} by ${name(actor)}, ${at.toISOString()}, plan ${planHash}${said}`;
      }),
    ),
    ...section(
      'Notes',
      notes.map(({ by, at, text }) => `${name(by)}, ${at.toISOString()}: ${text}`),
    ),
  ];
}

function itemText({ requirement, state, by, note }: ItemStanding, name: (id: string) => string): string {
  const who = name(by ?? '');
  const said = note === undefined || note === '' ? '' : `: ${note}`;
  switch (state) {
    case 'open':
      return `[ ] ${requirement.item}`;
    case 'ticked-by-person':
    case 'ticked-by-gate':
      return `[x] ${requirement.item}, ${state === 'ticked-by-gate' ? 'gate ' : ''}${who}${said}`;
    case 'overruled':
      return `[ ] ${requirement.item}, not met and overruled by ${who}${said}`;
  }
}

function section(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`## ${title}`, '', ...entries.map((entry) => `- ${inline(entry)}`), ''];
}
