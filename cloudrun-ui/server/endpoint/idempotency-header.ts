import { z } from '@hono/zod-openapi';

/** One word of printable characters, which whoever asks makes up anew for each thing he wants. */
export const idempotencyKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'it must be 1 to 200 printable characters without spaces');

export const idempotencyHeader = z.object({
  'idempotency-key': idempotencyKeySchema.optional().openapi({
    description:
      'The same key with the same body answers the same for a day, however often it is sent; with another body it is refused.',
  }),
});
