import { builtInGates } from '../gates/built-in-gates.ts';
import type { GateDefinition, GateRegistry } from '../gates/gate.ts';
import type { AnswersThen } from './answers-then.ts';
import type { UnknownFacts } from './unknown-facts.ts';

/** A gate that could not be judged, and what it would need. */
export interface UnknownAnswer {
  readonly gate: string;
  readonly missing: readonly string[];
}

/**
 * The engine's gates, judging a moment of the past. One that asks for what nobody kept is answered as it was answered
 * then, when that was the same question at the same moment; else it is not known.
 * @param onUnknown hears of each that is not known.
 */
export function gatesOfThen(
  answers: AnswersThen,
  unknown: UnknownFacts,
  onUnknown: (answer: UnknownAnswer) => void,
): GateRegistry {
  const judgedThen = (gate: GateDefinition): GateDefinition => ({
    ...gate,
    async evaluate(context) {
      const before = unknown.count;
      const finding = await gate.evaluate(context).catch((error: unknown) => {
        if (unknown.count === before) throw error;
        return undefined;
      });
      if (finding !== undefined && unknown.count === before) return finding;
      const then = answers.answerTo(context.requirement, context.now);
      if (then !== undefined && then.verdict !== 'skipped') return { ...then, kind: then.verdict };
      const missing = unknown.since(before);
      onUnknown({ gate: context.requirement.name ?? context.requirement.gate, missing });
      return { kind: 'missing', detail: `${missing.join(' and ')} are not kept` };
    },
  });
  return new Map([...builtInGates].map(([name, gate]) => [name, judgedThen(gate)]));
}
