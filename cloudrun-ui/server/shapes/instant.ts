import { z } from '@hono/zod-openapi';

/** A moment in an answer: ISO 8601 in UTC. */
export const instant = z.iso
  .datetime()
  .openapi({ description: 'ISO 8601, in UTC.', example: '2026-11-27T09:30:00.000Z' });

/** A moment in a request, with its offset. */
export const askedInstant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time' });
