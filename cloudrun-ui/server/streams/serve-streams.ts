import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../../../engine/promotion-service.ts';
import type { ServerApplication, ServerContext } from '../endpoint/serve-endpoint.ts';
import { problemResponses, queryProblems } from '../problems/problem-responses.ts';
import type { ServerPorts } from '../server-ports.ts';
import { eventSchema, logLineSchema } from '../shapes/event.ts';
import { promotionParams } from '../shapes/names.ts';
import { promotionSchema } from '../shapes/promotion.ts';
import { followChanges, type Lookout } from './follow-changes.ts';
import { followPromotion, placeOfId } from './follow-promotion.ts';
import { OpenStreams, openStream } from './open-stream.ts';

const lastEventId = z.object({
  'last-event-id': z.string().max(100).optional().openapi({ description: 'The id of the last message that was had.' }),
});
const refusals = problemResponses(queryProblems);

const stoppedSchema = z.strictObject({ code: z.string(), detail: z.string() });

export const promotionStreamMessages = z
  .union([
    z.strictObject({ event: z.literal('promotion'), data: z.strictObject({ promotion: promotionSchema }) }),
    z.strictObject({ event: z.literal('event'), data: z.strictObject({ events: z.array(eventSchema) }) }),
    z.strictObject({ event: z.literal('log'), data: z.strictObject({ lines: z.array(logLineSchema) }) }),
    z.strictObject({ event: z.literal('problem'), data: stoppedSchema }),
  ])
  .openapi('PromotionStreamMessage', { description: 'The kinds of messages of the stream; the data is JSON.' });

export const changeStreamMessages = z
  .union([
    z.strictObject({
      event: z.literal('change'),
      data: z.strictObject({ promotions: z.array(z.string()), settings: z.boolean() }),
    }),
    z.strictObject({ event: z.literal('reset'), data: z.strictObject({}) }),
    z.strictObject({ event: z.literal('problem'), data: stoppedSchema }),
  ])
  .openapi('ChangeStreamMessage', { description: 'The kinds of messages of the stream; the data is JSON.' });

const streamRoutes = {
  promotion: createRoute({
    method: 'get',
    path: '/api/promotions/{promotion}/stream',
    tags: ['Promotions'],
    operationId: 'followPromotion',
    summary: 'Streams how a promotion stands, its trail and what its steps write, as server-sent events.',
    request: { params: promotionParams, headers: lastEventId },
    responses: {
      200: {
        description: 'Goes on until it is closed.',
        content: { 'text/event-stream': { schema: promotionStreamMessages } },
      },
      ...refusals,
    },
  }),
  changes: createRoute({
    method: 'get',
    path: '/api/stream',
    tags: ['Overview'],
    operationId: 'followChanges',
    summary: 'Streams which promotions have changed, and whether settings have, as server-sent events.',
    request: { headers: lastEventId },
    responses: {
      200: {
        description: 'Goes on until it is closed.',
        content: { 'text/event-stream': { schema: changeStreamMessages } },
      },
      ...refusals,
    },
  }),
};

export function serveStreams(application: ServerApplication, ports: ServerPorts): void {
  const open = new OpenStreams();
  application.openapi(streamRoutes.promotion, async (context) => {
    const actor = context.get('actor');
    const { promotion } = context.req.valid('param');
    // Refused before the stream begins, with a status that tells.
    await ports.service.view(actor, promotion);
    const from = placeOfId(lastIdOf(context));
    return openStream(context, ports, open, (signal) => followPromotion(ports, actor, promotion, from, signal));
  });
  application.openapi(streamRoutes.changes, (context) => {
    const lookout = lookoutOf(ports, context.get('actor'));
    return openStream(context, ports, open, (signal) => followChanges(ports.hub, lookout, lastIdOf(context), signal));
  });
}

function lookoutOf({ service: { overview } }: ServerPorts, actor: Actor): Lookout {
  let sight: Awaited<ReturnType<typeof overview.sight>> = [];
  return {
    async refresh() {
      sight = await overview.sight(actor);
    },
    seen: (ids) => overview.seenPromotions(sight, ids),
  };
}

function lastIdOf(context: ServerContext): string | undefined {
  return context.req.header('Last-Event-ID');
}
