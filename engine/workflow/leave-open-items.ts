import { engineActor } from './actor.ts';
import type { HotfixTerms } from './definition.ts';
import type { Draft } from './draft.ts';

/**
 * Leaves what has to be done after a promotion that went well: the items of its checklist that belong behind it, and of a
 * hotfix that it is merged back and looked back at. They are asked for until they are done, and hold nothing up. One that
 * is ticked already is no longer open from the start.
 */
export function leaveOpenItems(draft: Draft): void {
  const { id, kind, isDryRun, definition } = draft.record;
  if (kind !== 'promote' || isDryRun) return;
  if (definition.hotfix?.isFirst === true) leaveAfterHotfix(draft, definition.hotfix);
  for (const [index, { item, phase }] of (definition.checklist ?? []).entries()) {
    if (phase !== 'after') continue;
    draft.openItem({ id: `checklist:${id}:${String(index + 1)}`, kind: 'checklist', detail: item }, engineActor);
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
