import { z } from '@hono/zod-openapi';
import { instant } from './instant.ts';

export const eventShape = {
  seq: z.int(),
  at: instant,
  by: z.string(),
  type: z.string(),
  text: z.string().openapi({ description: 'The entry as a line for people.' }),
  actor: z.strictObject({
    id: z.string(),
    verified: z.boolean(),
    roles: z.array(z.string()),
    via: z.string(),
    onBehalfOf: z.string().optional(),
    spokenForBy: z.string().optional(),
  }),
  data: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
};
export const eventSchema = z
  .strictObject(eventShape)
  .openapi('Event', { description: 'An entry of a promotion’s audit trail, which is a chain of hashes.' });

export const logLineSchema = z
  .strictObject({ seq: z.int(), at: instant, step: z.string(), attempt: z.int(), line: z.string() })
  .openapi('LogLine');
