import { z } from '@hono/zod-openapi';

/** What somebody types for an application, an environment or a release; whether there is such a thing is for the service to say. */
export const word = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'must have no control character in it')
  .openapi({ pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' });

/** A reason, a comment or a note. */
export const sentence = z.string().min(1).max(4000);

export const promotionId = z
  .string()
  .regex(/^pr-[0-9a-f]{1,40}$/, 'must be the id of a promotion, such as pr-7f3a')
  .openapi({ example: 'pr-7f3a09c2' });

export const promotionParams = z.object({
  promotion: promotionId.openapi({ param: { name: 'promotion', in: 'path' } }),
});
