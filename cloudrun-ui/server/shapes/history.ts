import { z } from '@hono/zod-openapi';
import { outcomeNames, promotionKinds } from '../../../engine/promotion-service.ts';
import { instant } from './instant.ts';
import { overrideSchema } from './promotion.ts';

export const changeShape = {
  kind: z.enum(['release', 'image', 'configuration', 'schema', 'flag', 'override']),
  subject: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
};
export const changeSchema = z.strictObject(changeShape).openapi('Change');

/** What `history --json` shows of one that is over. */
export const endedSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(promotionKinds),
    application: z.string(),
    release: z.string(),
    from: z.string(),
    to: z.string(),
    isHotfix: z.boolean(),
    outcome: z.enum(outcomeNames),
    requestedBy: z.string(),
    onBehalfOf: z.string().nullable(),
    approvedBy: z.array(z.string()),
    spokenFor: z.record(z.string(), z.string()),
    overrides: z.array(overrideSchema),
    reason: z.string().nullable(),
    trouble: z.string().nullable(),
    isCancelled: z.boolean(),
    of: z.string().nullable(),
    createdAt: instant,
    endedAt: instant,
    layFailedMs: z.number(),
    changes: z.array(changeSchema),
  })
  .openapi('EndedPromotion');
