import { z } from 'zod';
import { imageTag } from '../artifacts/image-tag.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ReportedImage } from './promotion-report.ts';
import type { ReportFacts } from './report-facts.ts';

const movedSchema = z.object({
  registry: z.array(z.object({ service: z.string(), fromTag: z.string().nullable(), toTag: z.string() })),
});
const sizesSchema = z.object({ sizes: z.array(z.object({ service: z.string(), bytes: z.number() })) });
const planSchema = z.object({ images: z.array(z.object({ service: z.string(), before: z.string().optional() })) });
const templateSchema = z.object({ tagTemplate: z.string() });

/** The release's images with the places and tags that they have, or would have got, at both ends. */
export function tellImages({ promotion, release, plan }: ReportFacts): readonly ReportedImage[] {
  const { source, target } = promotion.definition;
  const moved = movedSchema.safeParse(outputOf(promotion, 'promote-artifacts')).data?.registry ?? [];
  const sizes = sizesSchema.safeParse(outputOf(promotion, 'validate-artifacts')).data?.sizes ?? [];
  const planned = planSchema.safeParse(plan?.body).data?.images ?? [];
  const step = promotion.definition.steps.find(({ name }) => name === 'promote-artifacts');
  const template = templateSchema.safeParse(step?.config).data?.tagTemplate;
  return release.content.images.map(({ service, image, digest }) => {
    const { application, toEnvironment: environment } = promotion;
    const own = moved.find((each) => each.service === service);
    const tag =
      template === undefined
        ? null
        : (imageTag(template, { application, environment, release: release.name, service }) ?? null);
    return {
      service,
      digest,
      source: { repository: `${source.registry}/${image}`, tag: own?.fromTag ?? null },
      destination: { repository: `${target.registry}/${image}`, tag: own?.toTag ?? tag },
      sizeBytes: sizes.find((each) => each.service === service)?.bytes ?? null,
      before: planned.find((each) => each.service === service)?.before ?? null,
    };
  });
}

function outputOf({ steps }: PromotionRecord, step: string): unknown {
  return steps.find(({ name }) => name === step)?.output;
}
