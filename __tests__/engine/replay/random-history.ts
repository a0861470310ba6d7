import fc from 'fast-check';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { items, ownRoles, team } from './random-rules.ts';

/** What somebody does, or what comes to be known, besides asking for promotions. */
export type Fact =
  | { readonly kind: 'evidence'; readonly fact: EvidenceFact; readonly ageMinutes: number }
  | { readonly kind: 'verify'; readonly environment: 'dev' | 'qa' | 'staging' }
  | { readonly kind: 'bind' | 'unbind'; readonly person: string; readonly role: string }
  | { readonly kind: 'hold'; readonly hours: number | undefined }
  | { readonly kind: 'unhold' | 'lift' | 'mark-bad' | 'unmark' }
  | { readonly kind: 'freeze'; readonly hours: number }
  | { readonly kind: 'waive'; readonly finding: string; readonly hours: number };

/** What somebody does with the promotion that is on its way. */
export type Deed =
  | { readonly kind: 'vote'; readonly person: string; readonly decision: 'approved' | 'rejected' }
  | { readonly kind: 'tick'; readonly person: string; readonly item: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'retry'; readonly forces: boolean };

export interface Wishes {
  readonly as: 'ana' | 'olga';
  readonly isDryRun: boolean;
  readonly forces: boolean;
  readonly skipsValidation: boolean;
  readonly autoApproves: boolean;
  readonly overridesFreezes: boolean;
  readonly onBehalfOf: string | undefined;
}

/** One release and its promotion to production: what is so before, what is asked for, what happens afterwards. */
export interface Episode {
  /** Whether it is a release of its own, or the one before once more. */
  readonly isNew: boolean;
  readonly authors: readonly string[];
  readonly before: readonly { readonly afterMinutes: number; readonly what: Fact }[];
  readonly wishes: Wishes;
  readonly then: readonly { readonly afterMinutes: number; readonly what: Fact | Deed }[];
}

const findings = ['CVE-1', 'CVE-2', 'CVE-3'] as const;
const found = fc
  .uniqueArray(
    fc.record({ id: fc.constantFrom(...findings), severity: fc.constantFrom('critical' as const, 'high' as const) }),
    { selector: ({ id }) => id, maxLength: 2 },
  )
  .map((list) => ({
    list,
    critical: list.filter(({ severity }) => severity === 'critical').length,
    high: list.filter(({ severity }) => severity === 'high').length,
  }));
const evidence: fc.Arbitrary<EvidenceFact> = fc.oneof(
  fc.constantFrom(55, 82, 97).map((linesPercent) => ({ kind: 'coverage' as const, linesPercent })),
  fc
    .constantFrom('unit' as const, 'integration' as const)
    .chain((suite) =>
      fc.constantFrom(0, 0, 1).map((failed) => ({ kind: 'tests' as const, suite, passed: 9, failed, skipped: 0 })),
    ),
  found.map(({ list, critical, high }) => ({
    kind: 'findings' as const,
    scanner: 'trivy',
    critical,
    high,
    medium: 0,
    low: 0,
    items: list,
  })),
  found.map(({ list }) => ({ kind: 'bugs' as const, tracker: 'issues', items: list })),
  fc.subarray([...team]).map((approvedBy) => ({ kind: 'code-review' as const, change: '#1', approvedBy })),
);
const person = fc.constantFrom(...team);
/** What most releases come with: everything that gates ask for, and it is good. */
const goodEvidence: readonly EvidenceFact[] = [
  { kind: 'coverage', linesPercent: 97 },
  { kind: 'tests', suite: 'unit', passed: 9, failed: 0, skipped: 0 },
  { kind: 'tests', suite: 'integration', passed: 9, failed: 0, skipped: 0 },
  { kind: 'findings', scanner: 'trivy', critical: 0, high: 0, medium: 0, low: 0, items: [] },
  { kind: 'bugs', tracker: 'issues', items: [] },
  { kind: 'code-review', change: '#1', approvedBy: [...team] },
];
const goodBefore = fc
  .subarray([...goodEvidence], { minLength: goodEvidence.length - 2 })
  .map((facts) =>
    facts.map((each) => ({ afterMinutes: 1, what: { kind: 'evidence' as const, fact: each, ageMinutes: 0 } })),
  );
const evidenceFact = fc.record({
  kind: fc.constant('evidence' as const),
  fact: evidence,
  ageMinutes: fc.constantFrom(0, 10, 600),
});
const otherFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('bind' as const, 'bind' as const, 'unbind' as const),
    person,
    role: fc.constantFrom(...ownRoles, 'approver'),
  }),
  fc.record({ kind: fc.constant('hold' as const), hours: fc.option(fc.constantFrom(2, 30), { nil: undefined }) }),
  fc.record({
    kind: fc.constantFrom(
      'unhold' as const,
      'lift' as const,
      'unmark' as const,
      'unmark' as const,
      'mark-bad' as const,
    ),
  }),
  fc.record({ kind: fc.constant('freeze' as const), hours: fc.constantFrom(3, 40) }),
  fc.record({
    kind: fc.constant('waive' as const),
    finding: fc.constantFrom(...findings),
    hours: fc.constantFrom(5, 500),
  }),
  fc.record({ kind: fc.constant('verify' as const), environment: fc.constantFrom('dev' as const, 'qa' as const) }),
);
const fact: fc.Arbitrary<Fact> = fc.oneof({ weight: 3, arbitrary: evidenceFact }, { weight: 2, arbitrary: otherFact });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('vote' as const),
      person,
      decision: fc.constantFrom(...(['approved', 'approved', 'approved', 'approved', 'rejected'] as const)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('tick' as const), person, item: fc.constantFrom(...items) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('retry' as const), forces: fc.boolean() }) },
);
const afterMinutes = fc.integer({ min: 1, max: 400 });
const rarely = fc.integer({ min: 0, max: 11 }).map((drawn) => drawn === 0);

export const episode: fc.Arbitrary<Episode> = fc.record({
  isNew: fc.constantFrom(true, true, true, false),
  authors: fc.subarray([...team], { maxLength: 1 }),
  before: fc
    .tuple(
      fc.oneof(goodBefore, goodBefore, fc.constant([])),
      fc.array(fc.record({ afterMinutes, what: fact }), { maxLength: 5 }),
    )
    .map(([good, more]) => [...good, ...more]),
  wishes: fc.record({
    as: fc.constantFrom('ana' as const, 'olga' as const),
    isDryRun: rarely,
    forces: rarely,
    skipsValidation: rarely,
    autoApproves: rarely,
    overridesFreezes: rarely,
    onBehalfOf: fc.option(person, { nil: undefined, freq: 3 }),
  }),
  then: fc.array(fc.record({ afterMinutes, what: fc.oneof<fc.Arbitrary<Fact | Deed>[]>(fact, deed, deed) }), {
    maxLength: 9,
  }),
});
