import type { Revision } from '../../engine/promotion-service.ts';

/** A revision as `rollback --list --json` shows it. */
export function revisionJson({ number, release, promotionId, returnedBy, deployedAt, verifiedAt, standing }: Revision) {
  return {
    number,
    release: release.name,
    digest: release.digest,
    promotion: promotionId ?? null,
    returnedBy: returnedBy ?? null,
    deployedAt,
    verifiedAt: verifiedAt ?? null,
    isRunning: standing.kind === 'running',
    canReturn: standing.kind === 'possible',
    reason: standing.kind === 'refused' ? standing.reason : null,
    schema: standing.schema.kind,
  };
}
