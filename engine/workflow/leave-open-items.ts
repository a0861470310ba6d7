import { engineActor } from './actor.ts';
import type { Draft } from './draft.ts';

/**
 * Leaves what has to be done after a promotion that went well: the items of its checklist that belong behind it. They are
 * asked for until they are ticked, and hold nothing up. One that is ticked already is no longer open from the start.
 */
export function leaveOpenItems(draft: Draft): void {
  const { id, kind, isDryRun, definition } = draft.record;
  if (kind !== 'promote' || isDryRun) return;
  for (const [index, { item, phase }] of (definition.checklist ?? []).entries()) {
    if (phase !== 'after') continue;
    draft.openItem({ id: `checklist:${id}:${String(index + 1)}`, kind: 'checklist', detail: item }, engineActor);
  }
}
