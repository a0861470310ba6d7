import { z } from '@hono/zod-openapi';
import { logLineJson, eventJson } from '../../../cli/json/event-json.ts';
import { peopleJson } from '../../../cli/json/people-json.ts';
import { promotionJson, summaryJson } from '../../../cli/json/promotion-json.ts';
import { promotionKinds, promotionStates, tellEvent, type ListPlace } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { eventSchema, logLineSchema } from '../shapes/event.ts';
import { promotionParams, word } from '../shapes/names.ts';
import { cursorOf, momentPlace, pageOf, pageQuery, placeOf } from '../shapes/page.ts';
import { peopleShape } from '../shapes/people.ts';
import { promotionSchema, promotionSummarySchema } from '../shapes/promotion.ts';
import { severally } from '../shapes/severally.ts';

export const listPromotions = query({
  path: '/api/promotions',
  tag: 'Promotions',
  name: 'list promotions',
  asks: 'read',
  summary: 'Lists promotions, newest first.',
  query: z.strictObject({
    ...pageQuery,
    application: word.optional(),
    environment: word.optional().openapi({ description: 'The target, by name or alias.' }),
    state: severally(z.enum(promotionStates)),
    kind: severally(z.enum(promotionKinds)),
    active: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .openapi({ description: '`true`: only those that have not ended; `false`: only those that have.' }),
    steps: z.enum(['true', 'false']).default('false').openapi({ description: 'Whether to tell their steps as well.' }),
  }),
  answer: pageOf(promotionSummarySchema),
  async handle({ service }, { actor, query: { limit, cursor, application, environment, state, kind, active, steps } }) {
    const before = placeOf(cursor, momentPlace);
    const filter = {
      limit,
      ...(before === undefined ? {} : { before }),
      ...(application === undefined ? {} : { application }),
      ...(environment === undefined ? {} : { environment }),
      ...(state === undefined ? {} : { states: state }),
      ...(kind === undefined ? {} : { kinds: kind }),
      ...(active === undefined ? {} : { isActive: active }),
    };
    const nextOf = (next: ListPlace | undefined) =>
      next === undefined ? null : cursorOf([next.at.toISOString(), next.id]);
    if (steps === 'false') {
      const { promotions, next } = await service.overview.promotions(actor, filter);
      return { items: promotions.map(summaryJson), next: nextOf(next) };
    }
    const { promotions, next } = await service.overview.promotionsWithSteps(actor, filter);
    return { items: promotions.map(({ promotion, release }) => promotionJson(promotion, release)), next: nextOf(next) };
  },
});

export const showPromotion = query({
  path: '/api/promotions/{promotion}',
  tag: 'Promotions',
  name: 'show promotion',
  asks: 'read',
  summary: 'Shows one promotion: how it stands, its steps, and all that people had to do with it.',
  params: promotionParams,
  answer: z.strictObject({ promotion: promotionSchema, ...peopleShape }).openapi('PromotionDetail'),
  async handle({ service }, { actor, params: { promotion } }) {
    const detail = await service.overview.promotion(actor, promotion);
    return { promotion: promotionJson(detail.promotion, detail.release), ...peopleJson(detail.people, detail) };
  },
});

export const listEvents = query({
  path: '/api/promotions/{promotion}/events',
  tag: 'Promotions',
  name: 'list promotion events',
  asks: 'read',
  summary: 'Shows the audit trail of one promotion, each entry with its words for people.',
  params: promotionParams,
  answer: z.strictObject({ events: z.array(eventSchema) }),
  async handle({ service }, { actor, params: { promotion } }) {
    const { promotion: record } = await service.view(actor, promotion);
    const events = await service.events(actor, promotion);
    return {
      events: events.map((event) => {
        const { by, text } = tellEvent(event, record.kind);
        return { ...eventJson(event), by, text };
      }),
    };
  },
});

const mostLines = 5000;
const usualLines = 200;

export const listLogs = query({
  path: '/api/promotions/{promotion}/logs',
  tag: 'Promotions',
  name: 'list promotion logs',
  asks: 'read',
  summary: 'Shows what the steps of a promotion wrote, in its order.',
  params: promotionParams,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).openapi({
      description: 'The `seq` of the last line that is known already.',
    }),
    limit: z.coerce.number().int().min(1).max(mostLines).default(usualLines),
  }),
  answer: z.strictObject({ lines: z.array(logLineSchema), hasMore: z.boolean() }),
  async handle({ service }, { actor, params: { promotion }, query: { after, limit } }) {
    const lines = await service.logs(actor, promotion, after, limit + 1);
    return { lines: lines.slice(0, limit).map(logLineJson), hasMore: lines.length > limit };
  },
});
