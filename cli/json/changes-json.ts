import type { ChangeOrigin, ChangesSince, StateAt } from '../../engine/promotion-service.ts';

function originJson(origin: ChangeOrigin | undefined) {
  if (origin === undefined) return null;
  const { promotionId, release, kind, requestedBy, reason, approvedBy } = origin;
  return { id: promotionId, release, kind, requestedBy, reason: reason ?? null, approvedBy };
}

export function changesSinceJson({ since, until, groups, isCut }: ChangesSince) {
  return {
    since,
    until,
    isCut,
    groups: groups.map(({ at, application, environment, changedBy, origin, changes }) => ({
      at,
      application,
      environment,
      changedBy,
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
    differences: differences.map(({ application, environment, kind, subject, then, now, changedAt, origin }) => ({
      application,
      environment,
      kind,
      subject,
      then: then ?? null,
      now: now ?? null,
      changedAt,
      promotion: originJson(origin),
    })),
    moving: moving.map(({ id, application, release, from, to, requestedBy, startedAt, endedAt }) => ({
      id,
      application,
      release,
      from,
      to,
      requestedBy,
      startedAt,
      endedAt: endedAt ?? null,
    })),
  };
}
