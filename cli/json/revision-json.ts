import type { Revision } from '../../engine/promotion-service.ts';

/** A revision as `rollback --list --json` shows it. */
export function revisionJson({ number, release, promotionId, deployedAt, verifiedAt, standing }: Revision) {
  return {
    number,
    release: release.name,
    digest: release.digest,
    promotion: promotionId ?? null,
    deployedAt,
    verifiedAt: verifiedAt ?? null,
    isRunning: standing.kind === 'running',
    canReturn: standing.kind === 'possible',
    reason: standing.kind === 'refused' ? standing.reason : null,
    schema: standing.schema.kind,
  };
}
