import { z } from '@hono/zod-openapi';
import { endedJson } from '../../../cli/json/history-json.ts';
import { outcomeNames } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { endedSchema } from '../shapes/history.ts';
import { askedInstant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';
import { cursorOf, momentPlace, pageOf, pageQuery, placeOf } from '../shapes/page.ts';
import { severally } from '../shapes/severally.ts';

export const listHistory = query({
  path: '/api/history',
  tag: 'History',
  name: 'list history',
  asks: 'read',
  summary: 'Lists what is over, the newest end first, each with what it changed and who was behind it.',
  query: z.strictObject({
    ...pageQuery,
    application: word.optional(),
    environment: word.optional().openapi({ description: 'The target, by name or alias.' }),
    since: askedInstant.optional().openapi({ description: 'Ended after it.' }),
    until: askedInstant.optional().openapi({ description: 'Ended by then.' }),
    outcome: severally(z.enum(outcomeNames)),
  }),
  answer: pageOf(endedSchema),
  async handle({ service }, { actor, query: { limit, cursor, outcome, ...filter } }) {
    const before = placeOf(cursor, momentPlace);
    const { promotions, isCut } = await service.history(actor, { ...filter, limit, before, outcomes: outcome });
    const last = promotions.at(-1);
    return {
      items: promotions.map(endedJson),
      next: isCut && last !== undefined ? cursorOf([last.endedAt.toISOString(), last.id]) : null,
    };
  },
});
