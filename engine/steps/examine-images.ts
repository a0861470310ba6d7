import { z } from 'zod';
import { checkImage, mayBeOverruled, type ImageCheck } from '../artifacts/check-image.ts';
import type { GateAnswer } from '../plan/plan.ts';
import { overrideOf } from '../workflow/override.ts';
import type { StepContext } from '../workflow/step-definition.ts';

export const imageRequirementsSchema = z.object({
  minimumSizeBytes: z.number(),
  maximumSizeBytes: z.number(),
  platforms: z.array(z.string()),
  requiredLabels: z.array(z.string()),
  requireEntrypoint: z.boolean(),
});
export type ImageRequirements = z.infer<typeof imageRequirementsSchema>;

/** What one check found in a service's image, or in the release as a whole. */
export interface NotedCheck extends ImageCheck {
  readonly service: string;
  /** Who overruled its failing. */
  readonly forcedBy?: string;
}

export interface ExaminedImages {
  readonly checks: readonly NotedCheck[];
  readonly sizes: readonly { readonly service: string; readonly bytes: number }[];
}

/** Looks into every image of the release where it comes from. Everything that is wrong is found, not only the first. */
export async function examineImages(
  context: StepContext<unknown>,
  required: ImageRequirements,
): Promise<ExaminedImages> {
  const { promotion, release, ports, effect } = context;
  const checks: NotedCheck[] = [];
  const sizes: { readonly service: string; readonly bytes: number }[] = [];
  for (const { service, image, digest } of release.content.images) {
    const repository = `${promotion.definition.source.registry}/${image}`;
    if (!(await ports.artifacts.has(repository, digest, effect.signal))) {
      checks.push(
        noted(context, service, { check: 'exists', verdict: 'fail', detail: `${repository} has no image ${digest}` }),
      );
      continue;
    }
    const inspection = await ports.artifacts.inspect(repository, digest, effect.signal);
    sizes.push({ service, bytes: inspection.sizeBytes });
    checks.push(noted(context, service, { check: 'exists', verdict: 'pass', detail: `${repository}@${digest}` }));
    checks.push(...checkImage(inspection, required).map((check) => noted(context, service, check)));
  }
  return { checks, sizes };
}

/** A check with whose image it is about; logged, and overruled where somebody did and may. */
export function noted(
  { promotion, log }: Pick<StepContext<unknown>, 'promotion' | 'log'>,
  service: string,
  { check, verdict, detail }: ImageCheck,
): NotedCheck {
  const isOverruled = verdict === 'fail' && mayBeOverruled(check);
  const forcedBy = isOverruled ? overrideOf(promotion, 'force')?.by : undefined;
  log(`${verdict} ${service} ${check}: ${detail}${forcedBy === undefined ? '' : `, overruled by ${forcedBy}`}`);
  return { service, check, verdict, detail, ...(forcedBy === undefined ? {} : { forcedBy }) };
}

/** The checks that stand in the way. */
export function faultsAmong(checks: readonly NotedCheck[]): readonly NotedCheck[] {
  return checks.filter(({ verdict, forcedBy }) => verdict === 'fail' && forcedBy === undefined);
}

/** A check as the answers of gates are kept, so that a failure names it like one of theirs. */
export function asAnswer({ service, check, detail, ...rest }: NotedCheck): GateAnswer {
  return { ...rest, gate: `image ${check}`, detail: `${service}: ${detail}`, evidence: [] };
}
