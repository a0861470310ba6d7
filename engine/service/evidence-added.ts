import type { Evidence } from '../evidence/evidence.ts';
import type { Release } from '../release.ts';
import type { AdministrationEvent } from '../store/administration-store.ts';
import type { Actor } from '../workflow/actor.ts';

/** The audit entry of facts that somebody gave about a release. */
export function evidenceAdded(
  actor: Actor,
  at: Date,
  release: Release,
  evidence: readonly Evidence[],
): AdministrationEvent {
  return {
    at,
    type: 'evidence-added',
    actor,
    data: {
      application: release.application,
      release: release.name,
      digest: release.digest,
      evidence: evidence.map(({ id, fact, source, collectedAt, sourceCommit }) => ({
        id,
        kind: fact.kind,
        source,
        collectedAt: collectedAt.toISOString(),
        sourceCommit: sourceCommit ?? null,
      })),
    },
  };
}
