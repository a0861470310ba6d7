import { z } from 'zod';
import { gatesBeforeDeployment, judgedOutput, judgeGates, overrule, refuseFailed } from '../gates/judge-gates.ts';
import { judgeHotfixes } from '../gates/judge-hotfixes.ts';
import type { GateRequirement } from '../workflow/definition.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { sendBackFromPlan } from './send-back-from-plan.ts';

const answerSchema = z.object({
  gate: z.string(),
  verdict: z.enum(['pass', 'fail', 'warn', 'skipped']),
  evidence: z.array(z.string()),
  freshUntil: z.iso.datetime().optional(),
});
const judgedSchema = z.object({ gates: z.array(answerSchema) });
type Answer = z.infer<typeof answerSchema>;

/**
 * Judges gates again now that the promotion has its slot: those whose reading went stale while it waited for people and
 * for its turn, those that gave a warning, and those that judge evidence, because newer evidence may have come and
 * judging it costs nothing. What fails now ends the promotion before anything has changed.
 */
export const revalidate = defineStep({
  name: 'revalidate',
  version: 1,
  oldestVersion: 1,
  phase: 'validation',
  title: 'gates again',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const gates = gatesBeforeDeployment(context.promotion.definition.gates);
    const before = judgedSchema.parse(context.output('validate-conditions')).gates;
    const now = context.clock.now();
    // By their place: the answers stand in the order of the requirements, and custom gates share a name.
    const again = gates.filter((requirement, index) => mustBeJudged(requirement, before[index], now));
    // A hotfix may have been promoted while this one waited.
    const hotfixes = await judgeHotfixes(context);
    const answers = [...overrule(context, await judgeGates(context, again)), ...hotfixes];
    refuseFailed(answers);
    // What checks the images looks at the plan again as well; where that is left out, nobody else would.
    if (leavesOut(context.promotion.definition, 'validate-artifacts')) {
      const sentBack = await sendBackFromPlan(context);
      if (sentBack !== undefined) return sentBack;
    }
    const count = `${String(again.length)} of ${String(gates.length)} judged again`;
    return {
      kind: 'done',
      summary: again.length === 0 ? `${String(gates.length)} still hold` : count,
      output: judgedOutput(answers),
    };
  },
});

function mustBeJudged(requirement: GateRequirement, answer: Answer | undefined, now: Date): boolean {
  if (answer?.gate !== requirement.gate || answer.verdict !== 'pass' || answer.evidence.length > 0) return true;
  return answer.freshUntil !== undefined && new Date(answer.freshUntil) < now;
}
