import { z } from '@hono/zod-openapi';
import { errorCategories, errorSeverities } from '../../../engine/promotion-service.ts';
import { changeSchema } from './history.ts';

const text = z.string();
const moment = z.string();
const effectSchema = z.strictObject({ step: text, summary: text });

export const checkSchema = z
  .strictObject({
    step: text,
    check: text.openapi({ description: 'A gate, or what else was looked at.' }),
    verdict: text.openapi({ description: '`pass`, `warn`, `fail` or `skipped`.' }),
    detail: text.openapi({ description: 'What was found.' }),
    threshold: text.nullable().openapi({ description: 'What was demanded, in words.' }),
    evidence: z.array(
      z.strictObject({ id: text, kind: text.nullable(), source: text.nullable(), collectedAt: moment.nullable() }),
    ),
    forcedBy: text.nullable().openapi({ description: 'Who overruled its failing.' }),
  })
  .openapi('Check');

const failureSchema = z.strictObject({
  at: moment,
  step: text,
  mode: z.enum(['run', 'undo']),
  attempt: z.int(),
  category: z.enum(errorCategories),
  severity: z.enum(errorSeverities),
  code: text.nullable(),
  message: text,
  remedy: text,
  then: z.enum(['tried again', 'passed over', 'gave up']),
  backoffSeconds: z.number().nullable(),
});

const stageSchema = z.strictObject({
  name: text,
  roles: z.array(text),
  people: z.array(text),
  minimumApprovals: z.int(),
  timeoutSeconds: z.number(),
});

/** The parts of a promotion's report that pages show beside the promotion itself. */
export const reportSchema = z
  .strictObject({
    outcomeText: text,
    images: z.array(
      z.strictObject({
        service: text,
        digest: text,
        before: text.nullable(),
        sizeBytes: z.number().nullable(),
        source: z.strictObject({ repository: text, tag: text.nullable() }),
        destination: z.strictObject({ repository: text, tag: text.nullable() }),
      }),
    ),
    changes: z.array(changeSchema),
    checks: z.array(checkSchema),
    approvals: z.strictObject({
      isAutomaticWhenGatesPass: z.boolean(),
      samePersonMayFillStages: z.boolean(),
      stages: z.array(stageSchema),
    }),
    undone: z.array(effectSchema),
    kept: z.array(effectSchema),
    errors: z.array(failureSchema),
    steps: z.array(
      z.strictObject({
        name: text,
        attempts: z.int(),
        tookMs: z.number().nullable(),
        waitedMs: z.number(),
        undoTookMs: z.number().nullable(),
      }),
    ),
    waits: z.array(
      z.strictObject({
        reason: text,
        detail: text,
        since: moment,
        until: moment.nullable(),
        tookMs: z.number().nullable(),
      }),
    ),
    timing: z.strictObject({
      requestedAt: moment,
      endedAt: moment.nullable(),
      tookMs: z.number().nullable(),
      waitedMs: z.number(),
      failedMs: z.number(),
    }),
  })
  .openapi('PromotionReport');
