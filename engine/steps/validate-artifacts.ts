import { z } from 'zod';
import { checkImage, mayBeOverruled, type ImageCheck, type ImageCheckName } from '../artifacts/check-image.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import type { GateName } from '../rules/schema.ts';
import type { GateAnswer } from '../plan/plan.ts';
import { overrideOf } from '../workflow/override.ts';
import { defineStep, RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';
import { sendBackFromPlan } from './send-back-from-plan.ts';

const configSchema = z.object({
  minimumSizeBytes: z.number(),
  maximumSizeBytes: z.number(),
  platforms: z.array(z.string()),
  requiredLabels: z.array(z.string()),
  requireEntrypoint: z.boolean(),
});

interface NotedCheck extends ImageCheck {
  readonly service: string;
  /** Who overruled its failing. */
  readonly forcedBy?: string;
}

/** Looks into every image of the release and makes sure that the plan still is what was decided on. */
export const validateArtifacts = defineStep({
  name: 'validate-artifacts',
  version: 1,
  oldestVersion: 1,
  phase: 'validation',
  title: 'images checked',
  isOptional: false,
  configSchema,
  async run(context) {
    const { promotion, release, config, ports, effect, log } = context;
    const { definition } = promotion;
    const force = overrideOf(promotion, 'force');
    const checks: NotedCheck[] = [];
    const note = (service: string, { check, verdict, detail }: ImageCheck): void => {
      const forcedBy = verdict === 'fail' && mayBeOverruled(check) ? force?.by : undefined;
      log(`${verdict} ${service} ${check}: ${detail}${forcedBy === undefined ? '' : `, overruled by ${forcedBy}`}`);
      checks.push({ service, check, verdict, detail, ...(forcedBy === undefined ? {} : { forcedBy }) });
    };
    const sizes: { readonly service: string; readonly bytes: number }[] = [];
    for (const { service, image, digest } of release.content.images) {
      const repository = `${definition.source.registry}/${image}`;
      if (!(await ports.artifacts.has(repository, digest, effect.signal))) {
        note(service, { check: 'exists', verdict: 'fail', detail: `${repository} has no image ${digest}` });
        continue;
      }
      const inspection = await ports.artifacts.inspect(repository, digest, effect.signal);
      sizes.push({ service, bytes: inspection.sizeBytes });
      note(service, { check: 'exists', verdict: 'pass', detail: `${repository}@${digest}` });
      for (const check of checkImage(inspection, config)) note(service, check);
    }
    for (const check of await judgedAgain(context, 'findings', 'security scan')) note('release', check);
    for (const check of await judgedAgain(context, 'signature', 'signature')) note('release', check);
    const problems = checks.filter(({ verdict, forcedBy }) => verdict === 'fail' && forcedBy === undefined);
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
    const summary = `${String(count)} images intact`;
    if (overruled === 0) return { kind: 'done', summary, output };
    return {
      kind: 'done',
      summary: `${summary}, ${String(overruled)} failed checks overruled by ${force?.by ?? ''}`,
      output: { ...output, isOverruled: true },
    };
  },
});

/** A check as the answers of gates are kept, so that a failure names it like one of theirs. */
function asAnswer({ service, check, detail, ...rest }: NotedCheck): GateAnswer {
  return { ...rest, gate: `image ${check}`, detail: `${service}: ${detail}`, evidence: [] };
}

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
