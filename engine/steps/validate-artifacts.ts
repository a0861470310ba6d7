import { z } from 'zod';
import type { ImageInspection } from '../artifacts/artifact-registry.ts';
import { buildPlanOf } from '../plan/build-plan.ts';
import { defineStep, RequirementsNotMetError } from '../workflow/step-definition.ts';

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
    const problems: string[] = [];
    let bytes = 0;
    for (const { service, image, digest } of release.content.images) {
      const repository = `${definition.source.registry}/${image}`;
      if (!(await ports.artifacts.has(repository, digest, effect.signal))) {
        problems.push(`${service}: ${repository} has no image ${digest}`);
        continue;
      }
      const inspection = await ports.artifacts.inspect(repository, digest, effect.signal);
      bytes += inspection.sizeBytes;
      const found = imageProblems(inspection, config);
      log(`${service} ${digest.slice(0, 19)}: ${found.length === 0 ? 'intact' : found.join(', ')}`);
      problems.push(...found.map((problem) => `${service}: ${problem}`));
    }
    if (problems.length > 0) throw new RequirementsNotMetError(problems.join('\n'));

    if (!promotion.isDryRun) {
      const fresh = await buildPlanOf(context);
      if (fresh.plan.hash !== promotion.planHash) {
        return { kind: 'send-back', reason: `${definition.target.name} changed since the plan was made` };
      }
    }
    const count = release.content.images.length;
    return { kind: 'done', summary: `${String(count)} images intact`, output: { images: count, bytes } };
  },
});

function imageProblems(image: ImageInspection, config: z.infer<typeof configSchema>): readonly string[] {
  const problems: string[] = [];
  if (image.sizeBytes < config.minimumSizeBytes)
    problems.push(`is ${String(image.sizeBytes)} bytes, less than ${String(config.minimumSizeBytes)}`);
  if (image.sizeBytes > config.maximumSizeBytes)
    problems.push(`is ${String(image.sizeBytes)} bytes, more than ${String(config.maximumSizeBytes)}`);
  const offered = new Set(image.platforms.map(({ os, architecture }) => `${os}/${architecture}`));
  const lacking = config.platforms.filter((platform) => !offered.has(platform));
  if (lacking.length > 0) problems.push(`does not offer ${lacking.join(', ')}`);
  const damaged = image.layers.filter((layer) => !layer.isIntact);
  if (damaged.length > 0) problems.push(`has damaged layers: ${damaged.map(({ digest }) => digest).join(', ')}`);
  const unlabelled = config.requiredLabels.filter((label) => (image.labels[label] ?? '') === '');
  if (unlabelled.length > 0) problems.push(`lacks the labels ${unlabelled.join(', ')}`);
  if (config.requireEntrypoint && image.entrypoint.length + image.command.length === 0) {
    problems.push('does not say what it runs (no ENTRYPOINT, no CMD)');
  }
  return problems;
}
