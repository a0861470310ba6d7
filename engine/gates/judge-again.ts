import { z } from 'zod';
import type { GateAnswer } from '../plan/plan.ts';
import type { GateRequirement } from '../workflow/definition.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { gatesBeforeDeployment, judgeGates, overrule, refuseFailed } from './judge-gates.ts';
import { judgeHotfixes } from './judge-hotfixes.ts';

const answerSchema = z.object({
  gate: z.string(),
  verdict: z.enum(['pass', 'fail', 'warn', 'skipped']),
  evidence: z.array(z.string()),
  freshUntil: z.iso.datetime().optional(),
});
const judgedSchema = z.object({ gates: z.array(answerSchema) });
type Answer = z.infer<typeof answerSchema>;

export interface JudgedAgain {
  readonly answers: readonly GateAnswer[];
  /** How many gates there are, and how many of them were judged again. */
  readonly gates: number;
  readonly again: number;
}

/**
 * Judges gates again after their conditions: those whose reading went stale meanwhile, those that gave a warning, and those
 * that judge evidence, because newer evidence may have come and judging it costs nothing.
 * @throws RequirementsNotMetError
 */
export async function judgeAgain(context: StepContext<unknown>): Promise<JudgedAgain> {
  const gates = gatesBeforeDeployment(context.promotion.definition.gates);
  const before = judgedSchema.parse(context.output('validate-conditions')).gates;
  const now = context.clock.now();
  // By their place: the answers stand in the order of the requirements, and custom gates share a name.
  const again = gates.filter((requirement, index) => mustBeJudged(requirement, before[index], now));
  // A hotfix may have been promoted while this one waited.
  const hotfixes = await judgeHotfixes(context);
  const answers = [...overrule(context, await judgeGates(context, again)), ...hotfixes];
  refuseFailed(answers);
  return { answers, gates: gates.length, again: again.length };
}

function mustBeJudged(requirement: GateRequirement, answer: Answer | undefined, now: Date): boolean {
  if (answer?.gate !== requirement.gate || answer.verdict !== 'pass' || answer.evidence.length > 0) return true;
  return answer.freshUntil !== undefined && new Date(answer.freshUntil) < now;
}
