import { z } from '@hono/zod-openapi';
import {
  errorCategories,
  lanes,
  overrideKinds,
  parkReasons,
  promotionKinds,
  promotionStates,
} from '../../../engine/promotion-service.ts';
import { instant } from './instant.ts';

const errorShape = {
  message: z
    .string()
    .openapi({ description: 'The original message, with a sentence before it where it is a machine’s.' }),
  category: z.enum(errorCategories),
  code: z.string().nullable(),
  remedy: z.string().openapi({ description: 'What to do, in a sentence.' }),
};
export const errorSchema = z.strictObject(errorShape).openapi('PromotionError');

export const stepSchema = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    status: z.enum(['pending', 'running', 'parked', 'retrying', 'done', 'failed', 'skipped']),
    attempt: z.int(),
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    summary: z.string().nullable(),
    error: errorSchema.or(z.null()),
    undo: z
      .strictObject({
        status: z.enum(['running', 'parked', 'retrying', 'done', 'failed']),
        attempt: z.int(),
        summary: z.string().nullable(),
        error: errorSchema.or(z.null()),
      })
      .nullable(),
  })
  .openapi('Step');

export const overrideSchema = z
  .strictObject({ kind: z.enum(overrideKinds), by: z.string(), reason: z.string(), at: z.string() })
  .openapi('Override', { description: 'A rule that somebody set aside.' });

const summaryShape = {
  id: z.string(),
  kind: z.enum(promotionKinds),
  application: z.string(),
  release: z.string(),
  from: z.string(),
  to: z.string(),
  isDryRun: z.boolean(),
  lane: z.enum(lanes),
  rollbackOf: z.string().nullable(),
  contractOf: z.string().nullable(),
  state: z.enum(promotionStates),
  stateText: z.string().openapi({ description: 'The state in words.' }),
  waiting: z
    .strictObject({
      reason: z.enum(parkReasons),
      detail: z.string(),
      since: instant,
      until: instant.nullable(),
    })
    .nullable(),
  queue: z.strictObject({ position: z.int(), behind: z.string().nullable() }).nullable(),
  goneRun: z.strictObject({ hasBegun: z.boolean(), silentSeconds: z.number(), takeOverAt: instant }).nullable(),
  holdsSlot: z.boolean(),
  requestedBy: z.string(),
  onBehalfOf: z.string().nullable(),
  via: z.string(),
  reason: z.string().nullable(),
  overrides: z.array(overrideSchema),
  planHash: z.string().nullable(),
  failure: z.strictObject({ step: z.string(), requirementsNotMet: z.boolean(), ...errorShape }).nullable(),
  rollback: z
    .strictObject({
      trigger: z.enum(['automatic', 'manual', 'cancel']),
      reason: z.string(),
      requestedBy: z.string(),
      at: instant,
    })
    .nullable(),
  createdAt: instant,
  updatedAt: instant,
  endedAt: instant.nullable(),
  layFailedMs: z.number(),
};

/** What `--json` of the command line shows of a promotion. */
export const promotionSchema = z.strictObject({ ...summaryShape, steps: z.array(stepSchema) }).openapi('Promotion');

/** The same as lists tell it. */
export const promotionSummarySchema = z
  .strictObject({
    ...summaryShape,
    steps: z.array(stepSchema).optional().openapi({ description: 'Only where they were asked for.' }),
  })
  .openapi('PromotionSummary');
