import { engineActor } from './actor.ts';
import { checklistStanding, openItemsOf } from './checklist.ts';
import type { HotfixTerms } from './definition.ts';
import type { Draft } from './draft.ts';
import type { ChecklistTick } from './environment-record.ts';

/**
 * Leaves what has to be done after a promotion that went well: the items of its checklist that belong behind it, and of a
 * hotfix that it is merged back and looked back at. They are asked for until they are done, and hold nothing up.
 * @param ticks what was ticked while it ran, which is not left to do.
 */
export function leaveOpenItems(draft: Draft, ticks: readonly ChecklistTick[]): void {
  const { id, kind, isDryRun, definition } = draft.record;
  if (kind !== 'promote' || isDryRun) return;
  if (definition.hotfix?.isFirst === true) leaveAfterHotfix(draft, definition.hotfix);
  for (const { number, requirement } of openItemsOf(checklistStanding(draft.record, ticks), 'after')) {
    const item = { id: `checklist:${id}:${String(number)}`, kind: 'checklist', detail: requirement.item } as const;
    draft.openItem(item, engineActor);
  }
}

function leaveAfterHotfix(draft: Draft, { release, mergeBackTo }: HotfixTerms): void {
  const { application, reason } = draft.record;
  const of = `${application}:${release}`;
  const where = mergeBackTo === undefined ? 'into where releases are made' : `to ${mergeBackTo}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  draft.openItem(
    { id: `merge-back:${of}`, kind: 'merge-back', detail: `merge the hotfix ${release} back ${where}` },
    engineActor,
  );
  draft.openItem(
    { id: `post-mortem:${of}`, kind: 'post-mortem', detail: `write the post-mortem of the hotfix ${release}${why}` },
    engineActor,
  );
}
