import type { ChangeOrigin, ChangesSince, StateAt } from '../../engine/promotion-service.ts';

function originJson(origin: ChangeOrigin | undefined) {
  if (origin === undefined) return null;
  const { promotionId, release, kind, requestedBy, onBehalfOf, reason, approvedBy, spokenFor, takenBack } = origin;
  return {
    id: promotionId,
    release,
    kind,
    requestedBy,
    onBehalfOf: onBehalfOf ?? null,
    reason: reason ?? null,
    approvedBy,
    spokenFor: Object.fromEntries(spokenFor),
    takenBack: takenBack ?? null,
  };
}

export function changesSinceJson({ since, until, groups, isCut }: ChangesSince) {
  return {
    since,
    until,
    isCut,
    groups: groups.map(({ at, application, environment, changedBy, saidBy, origin, changes }) => ({
      at,
      application,
      environment,
      changedBy,
      saidBy: saidBy ?? null,
      promotion: originJson(origin),
      changes: changes.map(({ at: changedAt, kind, subject, before, after }) => ({
        at: changedAt,
        kind,
        subject,
        before: before ?? null,
        after: after ?? null,
      })),
    })),
  };
}

export function stateAtJson({ at, differences, moving, isCut }: StateAt) {
  return {
    at,
    isCut,
    differences: differences.map(
      ({ application, environment, kind, subject, then, now, changedAt, origin, isThenKnown }) => ({
        application,
        environment,
        kind,
        subject,
        then: isThenKnown ? (then ?? null) : null,
        isThenKnown,
        now: now ?? null,
        changedAt,
        promotion: originJson(origin),
      }),
    ),
    moving: moving.map(({ id, application, release, from, to, requestedBy, saidBy, startedAt, endedAt }) => ({
      id,
      application,
      release,
      from,
      to,
      requestedBy,
      saidBy: saidBy ?? null,
      startedAt,
      endedAt: endedAt ?? null,
    })),
  };
}
