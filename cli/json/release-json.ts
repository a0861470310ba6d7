import type { Release, ReleaseView } from '../../engine/promotion-service.ts';
import { evidenceJson } from './evidence-json.ts';

/** A release as `--json` shows it. */
export function releaseJson({ application, name, digest, content, createdAt, createdBy, bad }: Release) {
  return {
    application,
    name,
    digest,
    content,
    createdAt,
    createdBy,
    bad: bad === undefined ? null : { since: bad.since, reason: bad.reason, by: bad.by },
  };
}

export function releaseViewJson({ release, evidence, runsIn }: ReleaseView) {
  return {
    ...releaseJson(release),
    evidence: evidence.map(evidenceJson),
    runsIn,
  };
}
