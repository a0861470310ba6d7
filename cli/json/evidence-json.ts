import type { AddedEvidence, Evidence, WaiverView } from '../../engine/promotion-service.ts';

/** One piece of evidence as `--json` shows it. */
export function evidenceJson({ id, collectedAt, source, sourceCommit, fact }: Evidence) {
  return { id, collectedAt, source, sourceCommit: sourceCommit ?? null, fact };
}

/** What was recorded of one report. */
export function addedEvidenceJson({ release, format, isKnown, evidence }: AddedEvidence) {
  return {
    application: release.application,
    release: release.name,
    format,
    isKnown,
    evidence: evidence.map(evidenceJson),
  };
}

/** A waiver as `--json` shows it; absent things are null. */
export function waiverJson(waiver: WaiverView) {
  const { id, application, finding, owner, reason, expiresAt, release, createdBy, createdAt, state, revoked } = waiver;
  return {
    id,
    application,
    finding,
    owner,
    reason,
    expiresAt,
    release: release ?? null,
    createdBy: createdBy ?? null,
    createdAt: createdAt ?? null,
    state,
    revoked: revoked ?? null,
  };
}
