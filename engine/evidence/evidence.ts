import { z } from 'zod';

const count = z.int().nonnegative();

/** The facts that gates judge. Each says what it measured; the envelope says of which release and when. */
export const evidenceFactSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tests'),
    suite: z.enum(['unit', 'integration', 'e2e', 'performance']),
    passed: count,
    failed: count,
    skipped: count,
  }),
  z.strictObject({
    kind: z.literal('coverage'),
    /** Share of lines that tests ran, 0 to 100. */
    linesPercent: z.number().min(0).max(100),
  }),
  z.strictObject({
    kind: z.literal('findings'),
    scanner: z.string().min(1),
    critical: count,
    high: count,
    medium: count,
    low: count,
  }),
]);
export type EvidenceFact = z.infer<typeof evidenceFactSchema>;
export type EvidenceKind = EvidenceFact['kind'];

/** A fact about a release, by digest, with its age (design, section 4). */
export interface Evidence {
  readonly id: string;
  readonly releaseDigest: string;
  readonly collectedAt: Date;
  /** What produced it: a command, a CI run, a scanner. */
  readonly source: string;
  readonly fact: EvidenceFact;
}
