import { z } from 'zod';
import { judgeConditions } from '../gates/judge-conditions.ts';
import { answersText, judgedOutput, refuseFailed } from '../gates/judge-gates.ts';
import { findMissingNeeds } from '../needs/find-missing-needs.ts';
import { buildPlanOf } from '../plan/build-plan.ts';
import { defineStep, RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { asAnswer, examineImages, faultsAmong, imageRequirementsSchema, type NotedCheck } from './examine-images.ts';

/**
 * Judges every gate of the path, looks into the images and for what the release needs in the target, all even when one
 * fails, and renders the plan: nobody is asked to tick or approve what cannot be promoted. Images are looked into again
 * when it is carried out.
 */
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
    const images = await imagesAsTheyAre(context);
    const faults = faultsAmong(images);
    // Beside a fault everything that was found is kept; images that are as they should be are told when they are checked.
    refuseFailed(faults.length === 0 ? answers : [...answers, ...images.map(asAnswer)], missing);

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

/** What there is in the images, by what the rules ask of them; nothing where the rules leave that out. */
async function imagesAsTheyAre(context: StepContext<unknown>): Promise<readonly NotedCheck[]> {
  const step = context.promotion.definition.steps.find(({ name }) => name === 'validate-artifacts');
  if (step === undefined) return [];
  return (await examineImages(context, imageRequirementsSchema.parse(step.config))).checks;
}
