import { z } from 'zod';

const count = z.int().nonnegative();
const percent = z.number().min(0).max(100);
const milliseconds = z.number().nonnegative();

export const findingSeverities = ['critical', 'high', 'medium', 'low'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** One finding of a scanner or one open bug, so that it can be waived by its id and aged by its date. */
const findingSchema = z.strictObject({
  /** What a waiver names: `CVE-2026-1234`, `js/sql-injection:src/db.ts` (rule and file), an issue's number. */
  id: z.string().min(1),
  severity: z.enum(findingSeverities),
  /** The package, file or rule it was found in. */
  subject: z.string().optional(),
  /** When it became known; ages are counted from here, else from when the evidence was collected. */
  knownSince: z.iso.datetime().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** The facts that gates judge. Each says what it measured; the envelope says of which release and when. */
export const evidenceFactSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tests'),
    suite: z.enum(['unit', 'integration', 'e2e', 'performance']),
    passed: count,
    failed: count,
    skipped: count,
    /** What failed first, in the report's order; left out where nothing did, and by sources that give numbers only. */
    failedTests: z.array(z.string().min(1)).optional(),
  }),
  z.strictObject({
    kind: z.literal('coverage'),
    /** Share of lines that tests ran. */
    linesPercent: percent,
  }),
  z.strictObject({
    kind: z.literal('findings'),
    scanner: z.string().min(1),
    critical: count,
    high: count,
    medium: count,
    low: count,
    /** Every finding that is counted above; left out by sources that give numbers only. */
    items: z.array(findingSchema).optional(),
  }),
  z.strictObject({ kind: z.literal('lint'), tool: z.string().min(1), errors: count, warnings: count }),
  z.strictObject({
    kind: z.literal('load'),
    tool: z.string().min(1),
    requestsPerSecond: z.number().nonnegative(),
    errorRatePercent: percent,
    p95Ms: milliseconds.optional(),
    /** Whether it was measured before the deployment to the target, or in the target after it. */
    phase: z.enum(['before', 'after']),
  }),
  z.strictObject({ kind: z.literal('performance'), tool: z.string().min(1), p95Ms: milliseconds }),
  z.strictObject({
    kind: z.literal('code-review'),
    /** The change request it is about: an address or a number. */
    change: z.string().min(1),
    approvedBy: z.array(z.string().min(1)),
    /** Those whose last word was that it must change first. */
    changesRequestedBy: z.array(z.string().min(1)).optional(),
    /** What the forge itself makes of the reviews by its own rules; left out where it has none. */
    decision: z.enum(['approved', 'changes-requested', 'review-required']).optional(),
  }),
  z.strictObject({
    kind: z.literal('bugs'),
    tracker: z.string().min(1),
    /** Open ones. */
    items: z.array(findingSchema),
  }),
  z.strictObject({
    kind: z.literal('source'),
    commit: z.string().min(7),
    branch: z.string().min(1),
    /** Whether the working tree had no uncommitted change. */
    isClean: z.boolean(),
    /** Whether the commit was on the remote. */
    isPushed: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('signature'),
    /** The image that is signed, by digest. */
    digest: z.string().min(1),
    /** The identity or the key's name, as the verification gave it. */
    signer: z.string().min(1),
    isVerified: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('custom'),
    name: z.string().min(1),
    isPassed: z.boolean(),
    detail: z.string().default(''),
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
  /** The source commit it was made from, when whoever collected it said so. */
  readonly sourceCommit?: string | undefined;
  readonly fact: EvidenceFact;
}
