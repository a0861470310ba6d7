import { counted } from '../wording/counted.ts';
import { z } from 'zod';
import type { ChecklistItem } from './definition.ts';
import type { ChecklistTick } from './environment-record.ts';
import type { PromotionRecord } from './promotion.ts';

/** As much of a gate's stored answer as ticks an item. */
const answerSchema = z.object({
  gate: z.string(),
  verdict: z.string(),
  detail: z.string().default(''),
  evidence: z.array(z.string()).default([]),
  forcedBy: z.string().optional(),
});
const judgedSchema = z.object({ gates: z.array(answerSchema) });
type Answer = z.infer<typeof answerSchema>;

/** One item of a promotion's checklist, and how it stands. */
export interface ItemStanding {
  readonly requirement: ChecklistItem;
  /** From 1, in the order of the rules; people may name the item by it. */
  readonly number: number;
  readonly state: 'open' | 'ticked-by-person' | 'ticked-by-gate' | 'overruled';
  /** A person, a gate, or whoever overruled that the gate failed; undefined while it is open. */
  readonly by: string | undefined;
  /** What was said with it; for a gate, what it found and by which evidence. */
  readonly note: string | undefined;
  readonly at: Date | undefined;
}

const byGate = 'gate:';

/**
 * How the items stand: ticked by a person, or by the gate that they name, as it was judged last. Where that gate did not
 * pass and somebody let the promotion go on, the item is overruled with it; where it only warned or was never judged,
 * people tick the item.
 */
export function checklistStanding(
  { definition, steps }: Pick<PromotionRecord, 'definition' | 'steps'>,
  ticks: readonly ChecklistTick[],
): readonly ItemStanding[] {
  return (definition.checklist ?? []).map((requirement, index): ItemStanding => {
    const item = { requirement, number: index + 1 };
    const judgedBy = judgingStep(definition, requirement);
    const answer = answersOf(steps, judgedBy).find(({ gate }) => gate === requirement.gate);
    if (answer?.verdict === 'pass') {
      return { ...item, state: 'ticked-by-gate', by: answer.gate, note: evidenceText(answer), at: undefined };
    }
    if (answer?.forcedBy !== undefined) {
      return { ...item, state: 'overruled', by: answer.forcedBy, note: answer.detail, at: undefined };
    }
    const tick = ticks.find(({ item: name, tickedBy }) => name === requirement.item && !tickedBy.startsWith(byGate));
    if (tick === undefined) return { ...item, state: 'open', by: undefined, note: undefined, at: undefined };
    return { ...item, state: 'ticked-by-person', by: tick.tickedBy, note: tick.note, at: tick.at };
  });
}

/** The items of a phase that nobody has ticked. */
export function openItemsOf(standing: readonly ItemStanding[], phase: ChecklistItem['phase']): readonly ItemStanding[] {
  return standing.filter(({ requirement, state }) => requirement.phase === phase && state === 'open');
}

/** What gates ticked, as it is kept. */
export function ticksOfGates(standing: readonly ItemStanding[], at: Date): readonly ChecklistTick[] {
  return standing
    .filter(({ state }) => state === 'ticked-by-gate' || state === 'overruled')
    .map(({ requirement: { item, phase, gate }, state, by, note }) => ({
      item,
      phase,
      tickedBy: `${byGate}${gate ?? ''}`,
      note: state === 'overruled' ? `overruled by ${by ?? ''}: ${note ?? ''}` : note,
      at,
    }));
}

/** More than these nobody reads in one line. */
const mostNamed = 5;

/** `3 of 6 items ticked: "…", "…" missing`. */
export function checklistText(standing: readonly ItemStanding[], phase: ChecklistItem['phase']): string {
  const items = standing.filter(({ requirement }) => requirement.phase === phase);
  const open = openItemsOf(standing, phase);
  const count = `${String(items.length - open.length)} of ${counted(items.length, 'item')} ticked`;
  if (open.length === 0) return count;
  const named = open.slice(0, mostNamed).map(({ requirement }) => `"${requirement.item}"`);
  const more = open.length - named.length;
  return `${count}: ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''} missing`;
}

/** An item behind the promotion is ticked by what was judged there, where its gate is judged there at all. */
function judgingStep({ gates }: PromotionRecord['definition'], { phase, gate }: ChecklistItem): string {
  const isJudgedAfter = gates.some((each) => each.gate === gate && each.phases?.includes('after') === true);
  return phase === 'after' && isJudgedAfter ? 'verify' : 'validate-conditions';
}

function answersOf(steps: PromotionRecord['steps'], step: string): readonly Answer[] {
  const output = steps.find(({ name }) => name === step)?.output;
  const judged = judgedSchema.safeParse(output);
  return judged.success ? judged.data.gates : [];
}

function evidenceText({ detail, evidence }: Answer): string {
  return evidence.length === 0 ? detail : `${detail} (evidence ${evidence.join(', ')})`;
}
