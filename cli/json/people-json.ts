import type {
  ItemStanding,
  Note,
  PeopleRecord,
  PromotionView,
  StoredOpenItem,
} from '../../engine/promotion-service.ts';

/** An item of a checklist; absent things are null. */
export function itemJson({ requirement, number, state, by, note, at }: ItemStanding) {
  const { item, phase, gate, by: role } = requirement;
  return {
    number,
    item,
    phase,
    gate: gate ?? null,
    role: role ?? null,
    state,
    by: by ?? null,
    note: note ?? null,
    at: at ?? null,
  };
}

export function noteJson({ by, text, at }: Note) {
  return { by, text, at };
}

export function openItemJson(item: StoredOpenItem) {
  const { id, kind, application, environment, promotionId, detail, openedAt } = item;
  return { id, kind, application, environment, promotionId, detail, openedAt };
}

/** What people had to do with a promotion: every vote with the plan that it was about, ticks, notes, what is left to do. */
export function peopleJson(people: PeopleRecord, { promotion }: Pick<PromotionView, 'promotion'>) {
  return {
    approvals: people.votes.map(({ stage, actor, decision, planHash, comment, at }) => ({
      stage,
      by: actor,
      saidBy: people.spokenFor.get(actor) ?? null,
      decision,
      planHash,
      isOverThisPlan: planHash === promotion.planHash,
      comment: comment ?? null,
      at,
    })),
    checklist: people.checklist.map(itemJson),
    notes: people.notes.map(noteJson),
    openItems: people.openItems.map(openItemJson),
    spokenFor: [...people.spokenFor].map(([person, by]) => ({ person, by })),
  };
}
