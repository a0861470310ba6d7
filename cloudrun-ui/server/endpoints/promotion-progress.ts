import { z } from '@hono/zod-openapi';
import { query } from '../endpoint/endpoint.ts';
import { instant } from '../shapes/instant.ts';
import { promotionParams } from '../shapes/names.ts';

const sideSchema = z
  .strictObject({
    requests: z.int(),
    failed: z.int(),
    meanResponseTimeMs: z.number().nullable().openapi({ description: 'Null: there was no request.' }),
  })
  .openapi('CanarySide', { description: 'What one side of a canary answered since the canary began.' });

export const showCanary = query({
  path: '/api/promotions/{promotion}/canary',
  tag: 'Promotions',
  name: 'show canary',
  asks: 'read',
  summary: 'Shows how a canary does beside what it follows, look by look; null for a promotion without one.',
  params: promotionParams,
  answer: z.strictObject({
    canary: z
      .strictObject({
        percentage: z.number().nullable().openapi({ description: 'Of the requests, that it gets.' }),
        durationSeconds: z.number(),
        allowedErrorPercent: z.number(),
        startedAt: instant.nullable(),
        readings: z.array(
          z.strictObject({ at: instant, percentage: z.number(), canary: sideSchema, baseline: sideSchema }),
        ),
      })
      .openapi('CanaryCourse')
      .or(z.null()),
  }),
  async handle({ service }, { actor, params: { promotion } }) {
    const canary = await service.overview.canary(actor, promotion);
    if (canary === undefined) return { canary: null };
    const { percentage, startedAt, ...rest } = canary;
    return { canary: { ...rest, percentage: percentage ?? null, startedAt: startedAt ?? null } };
  },
});

const runningSchema = z
  .strictObject({
    direction: z.enum(['up', 'down']),
    statement: z.int().openapi({ description: 'From 1.' }),
    of: z.int(),
    seconds: z.number().openapi({ description: 'How long it has run.' }),
    waitsForLock: z.boolean(),
    indexPercent: z
      .number()
      .nullable()
      .openapi({ description: 'How much of the table an index that is being built has come through.' }),
  })
  .openapi('RunningStatement');

export const showMigrations = query({
  path: '/api/promotions/{promotion}/migrations',
  tag: 'Promotions',
  name: 'show migration progress',
  asks: 'read',
  summary: 'Says how far the migrations of a promotion have come, by statement.',
  params: promotionParams,
  answer: z
    .strictObject({
      at: instant,
      migrations: z.array(
        z.strictObject({
          version: z.int(),
          name: z.string(),
          kind: z.enum(['expand', 'contract']),
          statements: z.array(z.string()).openapi({ description: 'The DDL.' }),
          standing: z.enum(['waiting', 'running', 'applied', 'failed', 'taken-back', 'unknown']),
          running: runningSchema.or(z.null()),
        }),
      ),
      summary: z.string().nullable(),
      trouble: z.string().nullable().openapi({ description: 'Why nobody can say how far they have come.' }),
    })
    .openapi('MigrationProgress'),
  async handle({ service, clock }, { actor, params: { promotion } }) {
    const { migrations, summary, trouble } = await service.overview.migrations(actor, promotion);
    return {
      at: clock.now(),
      migrations: migrations.map(({ running, ...migration }) => ({
        ...migration,
        running: running === undefined ? null : runningJson(running),
      })),
      summary: summary ?? null,
      trouble: trouble ?? null,
    };
  },
});

type Running = z.infer<typeof runningSchema>;

function runningJson({ direction, statement, of, seconds, waitsForLock, indexPercent }: Running): Running {
  return { direction, statement, of, seconds, waitsForLock, indexPercent };
}
