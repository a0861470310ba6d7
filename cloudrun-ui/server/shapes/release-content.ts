import { z } from '@hono/zod-openapi';
import { releaseContentSchema } from '../../../engine/promotion-service.ts';

/** A repository's name as the distribution specification has it: nothing that leads out of the registry. */
export const imageName = z
  .string()
  .max(255)
  .regex(
    /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
    'must be the name of a repository, such as shop/orders',
  );

/** What a release is made of, as it is sent. */
export const sentContentSchema = releaseContentSchema
  .extend({ images: z.array(releaseContentSchema.shape.images.element.extend({ image: imageName })).min(1) })
  .openapi('ReleaseContent', {
    description: 'Images by digest, values, database, flags, what it needs, and its source.',
  });
