import { z } from 'zod';
import { judgeAgain } from '../gates/judge-again.ts';
import { judgedOutput } from '../gates/judge-gates.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { sendBackFromPlan } from './send-back-from-plan.ts';

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
    const { answers, gates, again } = await judgeAgain(context);
    // What checks the images looks at the plan again as well; where that is left out, nobody else would.
    if (leavesOut(context.promotion.definition, 'validate-artifacts')) {
      const sentBack = await sendBackFromPlan(context);
      if (sentBack !== undefined) return sentBack;
    }
    const count = `${String(again)} of ${String(gates)} judged again`;
    return {
      kind: 'done',
      summary: again === 0 ? `${String(gates)} still hold` : count,
      output: judgedOutput(answers),
    };
  },
});
