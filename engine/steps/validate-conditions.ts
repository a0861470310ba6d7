import { z } from 'zod';
import { judgeConditions } from '../gates/judge-conditions.ts';
import { answersText, judgedOutput, refuseFailed } from '../gates/judge-gates.ts';
import { findMissingNeeds } from '../needs/find-missing-needs.ts';
import { buildPlanOf } from '../plan/build-plan.ts';
import { defineStep, RequirementsNotMetError } from '../workflow/step-definition.ts';

/** Judges every gate of the path, looks for what the release needs in the target, all even when one fails, and renders the plan. */
export const validateConditions = defineStep({
  name: 'validate-conditions',
  version: 1,
  oldestVersion: 1,
  phase: 'conditions',
  title: 'conditions',
  isOptional: false,
  configSchema: z.object({ soakSeconds: z.number().nonnegative() }),
  async run(context) {
    const { promotion, release, config, ports, effect, log } = context;
    const judged = await judgeConditions(context, config.soakSeconds);
    if (judged.kind === 'soaking') {
      return { kind: 'park', reason: 'soak', detail: judged.detail, until: judged.until, checkpoint: {} };
    }
    const { answers } = judged;
    const missing = await findMissingNeeds({ release, definition: promotion.definition, ports, signal: effect.signal });
    for (const line of missing) log(`missing ${line}`);
    refuseFailed(answers, missing);

    const { plan, body } = await buildPlanOf(context);
    const obstacles = [...(body.configuration.problems ?? []), body.database?.obstacle ?? []].flat();
    if (obstacles.length > 0) throw new RequirementsNotMetError(obstacles.join('\n'), answers);
    const highlights = answers.map(({ detail }) => detail).join(' · ');
    return {
      kind: 'done',
      summary: `${answersText(answers)}${highlights === '' ? '' : `   ${highlights}`}`,
      output: { ...judgedOutput(answers), planHash: plan.hash },
      records: { plan },
    };
  },
});
