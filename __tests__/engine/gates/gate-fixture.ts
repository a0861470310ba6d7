import type { Evidence, EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { builtInGates } from '../../../engine/gates/built-in-gates.ts';
import { judge } from '../../../engine/gates/gate.ts';
import type { JsonObject } from '../../../engine/json.ts';
import type { GateAnswer } from '../../../engine/plan/plan.ts';
import type { Release } from '../../../engine/release.ts';
import type { Definition, GateRequirement } from '../../../engine/workflow/definition.ts';
import type { Override } from '../../../engine/workflow/override.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { Waiver } from '../../../engine/evidence/waiver.ts';
import type { DeployedRelease, StepQueries } from '../../../engine/workflow/step-queries.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';

export const now = new Date('2026-11-20T10:00:00.000Z');
export const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

let evidences = 0;
export function evidence(fact: EvidenceFact, collectedAt: Date = now): Evidence {
  evidences += 1;
  return { id: `e-${String(evidences)}`, releaseDigest: sampleRelease.digest, collectedAt, source: 'ci', fact };
}

export interface Judged {
  readonly evidence?: readonly Evidence[];
  readonly onMissing?: GateRequirement['onMissing'];
  readonly maxAgeSeconds?: number;
  readonly definition?: Partial<Definition>;
  readonly release?: Release;
  readonly ports?: Partial<Ports>;
  readonly overrides?: readonly Override[];
  readonly waivers?: readonly Waiver[];
  readonly firstSeen?: ReadonlyMap<string, Date>;
  readonly queries?: Partial<StepQueries>;
  /** Newest first. */
  readonly deployed?: Readonly<Record<string, readonly DeployedRelease[]>>;
  /** Of other releases, by digest. */
  readonly evidenceOf?: Readonly<Record<string, readonly Evidence[]>>;
}

/** Judges one gate as `validate-conditions` does: newest evidence first, the configuration as the rules store it. */
export function judged(gate: string, config: JsonObject, more: Judged = {}): Promise<GateAnswer> {
  const { onMissing = 'fail', maxAgeSeconds, release = sampleRelease } = more;
  return judge(builtInGates, {
    requirement: { gate, config, onMissing, maxAgeSeconds },
    application: 'shop',
    definition: sampleDefinition([], more.definition),
    release,
    overrides: more.overrides ?? [],
    evidence: (more.evidence ?? []).toSorted((a, b) => b.collectedAt.getTime() - a.collectedAt.getTime()),
    // A gate that reaches for more than its test gives fails, which is what is missing must do.
    ports: (more.ports ?? {}) as Ports,
    queries: {
      waivers: async () => more.waivers ?? [],
      findingsFirstSeen: async () => more.firstSeen ?? new Map<string, Date>(),
      evidence: async (digest: string) => more.evidenceOf?.[digest] ?? [],
      deployedReleases: async (_: string, environment: string) => more.deployed?.[environment] ?? [],
      ...more.queries,
    } as StepQueries,
    now,
    signal: new AbortController().signal,
  });
}

export async function verdict(gate: string, config: JsonObject, more: Judged = {}): Promise<string> {
  return (await judged(gate, config, more)).verdict;
}
