import type { ImageCheck, ImageCheckName } from '../artifacts/check-image.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import type { GateName } from '../rules/schema.ts';
import { counted } from '../wording/counted.ts';
import { overrideOf } from '../workflow/override.ts';
import { defineStep, RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { asAnswer, examineImages, faultsAmong, imageRequirementsSchema, noted } from './examine-images.ts';
import { sendBackFromPlan } from './send-back-from-plan.ts';

/** Looks into every image of the release and makes sure that the plan still is what was decided on. */
export const validateArtifacts = defineStep({
  name: 'validate-artifacts',
  version: 1,
  oldestVersion: 1,
  phase: 'validation',
  title: 'images checked',
  isOptional: false,
  configSchema: imageRequirementsSchema,
  async run(context) {
    const { promotion, release, config } = context;
    const force = overrideOf(promotion, 'force');
    const examined = await examineImages(context, config);
    const again = [
      ...(await judgedAgain(context, 'findings', 'security scan')),
      ...(await judgedAgain(context, 'signature', 'signature')),
    ];
    const checks = [...examined.checks, ...again.map((check) => noted(context, 'release', check))];
    const { sizes } = examined;
    const problems = faultsAmong(checks);
    if (problems.length > 0) {
      const message = problems.map(({ service, detail }) => `${service}: ${detail}`).join('\n');
      throw new RequirementsNotMetError(message, checks.map(asAnswer));
    }

    if (!promotion.isDryRun) {
      const sentBack = await sendBackFromPlan(context);
      if (sentBack !== undefined) return sentBack;
    }
    const count = release.content.images.length;
    const overruled = checks.filter(({ forcedBy }) => forcedBy !== undefined).length;
    const bytes = sizes.reduce((sum, each) => sum + each.bytes, 0);
    const output = { images: count, bytes, sizes, checks: checks.map((check) => ({ ...check })) };
    const summary = `${counted(count, 'image')} intact`;
    if (overruled === 0) return { kind: 'done', summary, output };
    return {
      kind: 'done',
      summary: `${summary}, ${counted(overruled, 'failed check')} overruled by ${force?.by ?? ''}`,
      output: { ...output, isOverruled: true },
    };
  },
});

/** A gate of the path that is about images, judged once more; what the path does not demand is answered by nothing. */
async function judgedAgain(
  context: StepContext<unknown>,
  gate: GateName,
  check: ImageCheckName,
): Promise<readonly ImageCheck[]> {
  const demanded = context.promotion.definition.gates.filter((each) => each.gate === gate);
  const answers = await judgeGates(context, demanded);
  return answers.map(({ verdict, detail }) => ({ check, verdict, detail }));
}
