import { z } from 'zod';
import { checkImage, type ImageCheck } from '../artifacts/check-image.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import { buildPlanOf } from '../plan/build-plan.ts';
import { defineStep, RequirementsNotMetError, type StepContext } from '../workflow/step-definition.ts';

const configSchema = z.object({
  minimumSizeBytes: z.number(),
  maximumSizeBytes: z.number(),
  platforms: z.array(z.string()),
  requiredLabels: z.array(z.string()),
  requireEntrypoint: z.boolean(),
});

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
    const checks: {
      readonly service: string;
      readonly check: string;
      readonly verdict: string;
      readonly detail: string;
    }[] = [];
    const note = (service: string, { check, verdict, detail }: ImageCheck): void => {
      log(`${verdict} ${service} ${check}: ${detail}`);
      checks.push({ service, check, verdict, detail });
    };
    let bytes = 0;
    for (const { service, image, digest } of release.content.images) {
      const repository = `${definition.source.registry}/${image}`;
      if (!(await ports.artifacts.has(repository, digest, effect.signal))) {
        note(service, { check: 'exists', verdict: 'fail', detail: `${repository} has no image ${digest}` });
        continue;
      }
      const inspection = await ports.artifacts.inspect(repository, digest, effect.signal);
      bytes += inspection.sizeBytes;
      note(service, { check: 'exists', verdict: 'pass', detail: `${repository}@${digest}` });
      for (const check of checkImage(inspection, config)) note(service, check);
    }
    for (const check of await securityScan(context)) note('release', check);
    const problems = checks.filter(({ verdict }) => verdict === 'fail');
    if (problems.length > 0) {
      throw new RequirementsNotMetError(problems.map(({ service, detail }) => `${service}: ${detail}`).join('\n'));
    }

    if (!promotion.isDryRun) {
      const fresh = await buildPlanOf(context);
      if (fresh.plan.hash !== promotion.planHash) {
        return { kind: 'send-back', reason: `${definition.target.name} changed since the plan was made` };
      }
    }
    const count = release.content.images.length;
    return { kind: 'done', summary: `${String(count)} images intact`, output: { images: count, bytes, checks } };
  },
});

/** The newest scan against the path's own limits, judged again; a path that demands no scan is answered by none. */
async function securityScan(context: StepContext<unknown>): Promise<readonly ImageCheck[]> {
  const demanded = context.promotion.definition.gates.filter(({ gate }) => gate === 'findings');
  const answers = await judgeGates(context, demanded);
  return answers.map(({ verdict, detail }) => ({ check: 'security scan', verdict, detail }));
}
