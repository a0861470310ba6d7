import type { EvidenceFact, EvidenceKind } from '../evidence/evidence.ts';
import { newestFact, type GateContext } from './gate.ts';

type Fact<Kind extends EvidenceKind> = Extract<EvidenceFact, { kind: Kind }>;

/**
 * The newest fact of each source of a kind (tool, tracker, change), or why one of them, or all, cannot be used.
 * @param sourceOf undefined: the fact is about something else; `producedBy` is what the evidence names as its source.
 */
export function newestOfEach<Kind extends EvidenceKind>(
  context: Pick<GateContext<unknown>, 'evidence' | 'requirement' | 'now'>,
  kind: Kind,
  sourceOf: (fact: Fact<Kind>, producedBy: string) => string | undefined,
):
  | {
      readonly found: true;
      readonly facts: readonly {
        readonly of: string;
        readonly id: string;
        readonly collectedAt: Date;
        readonly fact: Fact<Kind>;
      }[];
    }
  | { readonly found: false; readonly why: string } {
  const isOfKind = (fact: EvidenceFact): fact is Fact<Kind> => fact.kind === kind;
  const sources = new Set(
    context.evidence.flatMap(({ fact, source }) => (isOfKind(fact) ? (sourceOf(fact, source) ?? []) : [])),
  );
  if (sources.size === 0) return { found: false, why: 'there is none' };
  const facts = [];
  for (const source of sources) {
    const newest = newestFact(context, kind, (fact, producedBy) => sourceOf(fact, producedBy) === source);
    if (!newest.found) return { found: false, why: `of ${source} ${newest.why}` };
    facts.push({ ...newest, of: source });
  }
  return { found: true, facts };
}
