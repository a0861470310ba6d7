import { z } from '@hono/zod-openapi';
import { promotionJson } from '../../../cli/json/promotion-json.ts';
import { revisionJson } from '../../../cli/json/revision-json.ts';
import { rollbackPreviewJson } from '../../../cli/json/rollback-preview-json.ts';
import { command, query } from '../endpoint/endpoint.ts';
import { instant } from '../shapes/instant.ts';
import { promotionId, promotionParams, sentence, word } from '../shapes/names.ts';
import { promotionSchema } from '../shapes/promotion.ts';

const returnTo = z.union([
  z.strictObject({ release: word }),
  z.strictObject({
    number: z
      .int()
      .min(1)
      .max(2 ** 31),
  }),
]);

export const showRollbackPreview = query({
  path: '/api/promotions/{promotion}/rollback-preview',
  tag: 'Rollbacks',
  name: 'preview rollback',
  asks: 'read',
  summary: 'Says what a rollback would do, lose and not be able to undo, before anything runs.',
  params: promotionParams,
  query: z.strictObject({
    release: word.optional().openapi({ description: 'The release to return to. Default: the newest verified one.' }),
    number: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 31)
      .optional()
      .openapi({ description: 'The same by its revision.' }),
    acceptsDataLoss: z.enum(['true', 'false']).optional(),
    restoresDatabase: z.enum(['true', 'false']).optional(),
    undoesMigrations: z.enum(['true', 'false']).optional(),
  }),
  answer: z
    .strictObject({
      kind: z.literal('preview'),
      application: z.string(),
      environment: z.string(),
      promotion: z.string(),
      release: z.string().openapi({ description: 'The release that goes.' }),
      returnsTo: z.string().nullable(),
      takesBack: z.array(z.string()),
      undone: z.array(z.strictObject({ step: z.string(), title: z.string(), will: z.string() })),
      schema: z
        .strictObject({
          kind: z.string(),
          reason: z.string().nullable(),
          migrations: z.array(z.int()),
          lossy: z.array(z.strictObject({ version: z.int(), name: z.string() })).openapi({
            description: 'Whose undoing discards what was written since: kept for that, or lost when they are undone.',
          }),
        })
        .nullable(),
      hasDatabase: z.boolean(),
      discards: z.strictObject({ since: instant, minutes: z.number(), rowsInBackUp: z.number() }).nullable(),
      restoreRefused: z.string().nullable(),
      irreversible: z.array(z.string()),
      stops: z.boolean(),
      preempts: z.string().nullable(),
      underWay: z.string().nullable(),
      lastTookMs: z.number().nullable(),
      marksBad: z.boolean(),
      alsoRunsIn: z.array(z.string()),
      pausesAutoPromotion: z.boolean(),
    })
    .openapi('RollbackPreview'),
  problems: ['requirements-not-met'],
  async handle({ service }, { actor, params, query: { release, number, ...flags } }) {
    const to = release === undefined ? (number === undefined ? undefined : { number }) : { release };
    const preview = await service.previewRollback(actor, {
      promotionId: params.promotion,
      acceptsDataLoss: flags.acceptsDataLoss === 'true',
      restoresDatabase: flags.restoresDatabase === 'true',
      undoesMigrations: flags.undoesMigrations === 'true',
      ...(to === undefined ? {} : { to }),
    });
    return rollbackPreviewJson(preview);
  },
});

export const rollBack = command({
  path: '/api/promotions/{promotion}/rollback',
  tag: 'Rollbacks',
  name: 'roll back',
  asks: 'rollback',
  summary:
    'Takes a promotion back. One that still runs turns round; one that has ended is undone by a promotion of its own.',
  params: promotionParams,
  status: 201,
  body: z
    .strictObject({
      reason: sentence,
      to: returnTo.optional().openapi({ description: 'Default: the newest release that was verified before.' }),
      acceptsDataLoss: z
        .boolean()
        .default(false)
        .openapi({ description: 'Set by whoever was shown what will be lost.' }),
      restoresDatabase: z.boolean().default(false),
      undoesMigrations: z.boolean().default(false),
    })
    .openapi('RollbackRequest'),
  answer: z.strictObject({
    promotion: promotionId.openapi({ description: 'The promotion that does it.' }),
  }),
  problems: ['requirements-not-met'],
  handle: async ({ service }, { actor, params, body: { to, ...body } }) => ({
    promotion: await service.rollBack(actor, {
      promotionId: params.promotion,
      ...body,
      ...(to === undefined ? {} : { to }),
    }),
  }),
});

export const confirmRollback = command({
  path: '/api/promotions/{promotion}/confirm-rollback',
  tag: 'Rollbacks',
  name: 'confirm rollback',
  asks: 'confirm-rollback',
  summary: 'Takes your word that a promotion was taken back by hand; what runs is then verified.',
  params: promotionParams,
  body: z.strictObject({}).openapi('RollbackConfirmation'),
  answer: z.strictObject({ promotion: promotionSchema }),
  async handle({ service }, { actor, params }) {
    const promotion = await service.confirmRollback(actor, params.promotion);
    const { release } = await service.view(actor, promotion.id);
    return { promotion: promotionJson(promotion, release.name) };
  },
});

export const listRevisions = query({
  path: '/api/applications/{application}/environments/{environment}/revisions',
  tag: 'Rollbacks',
  name: 'list revisions',
  asks: 'read',
  summary: 'Lists everything that ran in an environment, newest first, each with whether it can be returned to.',
  params: z.object({
    application: word.openapi({ param: { name: 'application', in: 'path' } }),
    environment: word.openapi({ param: { name: 'environment', in: 'path' } }),
  }),
  answer: z.strictObject({
    newestPromotion: z.string().nullable().openapi({ description: 'What a rollback would take back; null: nothing.' }),
    revisions: z.array(
      z
        .strictObject({
          number: z.int(),
          release: z.string(),
          digest: z.string(),
          promotion: z.string().nullable(),
          returnedBy: z.string().nullable(),
          deployedAt: instant,
          verifiedAt: instant.nullable(),
          isRunning: z.boolean(),
          canReturn: z.boolean(),
          reason: z.string().nullable(),
          schema: z.string(),
        })
        .openapi('Revision'),
    ),
  }),
  async handle({ service }, { actor, params: { application, environment } }) {
    const revisions = await service.revisions(actor, application, environment);
    return {
      newestPromotion: revisions.find(({ standing }) => standing.kind === 'running')?.promotionId ?? null,
      revisions: revisions.map(revisionJson),
    };
  },
});
