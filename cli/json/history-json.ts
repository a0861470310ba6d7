import { outcomeName, type EndedPromotion, type History } from '../../engine/promotion-service.ts';

/** What is over, as `history --json` shows it; absent things are null. */
export function historyJson({ promotions, isCut }: History) {
  return { isCut, promotions: promotions.map(endedJson) };
}

export function endedJson(ended: EndedPromotion) {
  const { id, kind, application, release, from, to, isHotfix, requestedBy, approvedBy, createdAt, endedAt } = ended;
  return {
    id,
    kind,
    application,
    release,
    from,
    to,
    isHotfix,
    outcome: outcomeName(ended.state),
    requestedBy,
    onBehalfOf: ended.onBehalfOf ?? null,
    approvedBy,
    spokenFor: Object.fromEntries(ended.spokenFor),
    overrides: ended.overrides,
    reason: ended.reason ?? null,
    trouble: ended.trouble ?? null,
    isCancelled: ended.isCancelled === true,
    of: ended.of ?? null,
    createdAt,
    endedAt,
    layFailedMs: ended.layFailedMs ?? 0,
    changes: ended.changes.map(({ kind: changeKind, subject, before, after }) => ({
      kind: changeKind,
      subject,
      before: before ?? null,
      after: after ?? null,
    })),
  };
}
