import { z } from '@hono/zod-openapi';
import { statisticsJson } from '../../../cli/json/statistics-json.ts';
import { outcomeNames } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

const durations = z.strictObject({ mean: z.number(), p95: z.number() }).nullable();
const countsShape = {
  attempts: z.int(),
  running: z.int(),
  outcomes: z.strictObject(
    Object.fromEntries(outcomeNames.map((name) => [name, z.int()])) as Record<(typeof outcomeNames)[number], z.ZodInt>,
  ),
  requirementsNotMet: z.int(),
  takenBackLater: z.int(),
  successRatio: z.number().nullable(),
  durationSeconds: durations.openapi({ description: 'From the request to the end.' }),
  movingSeconds: durations.openapi({ description: 'From the back-up to the end.' }),
  leadTimeSeconds: durations.openapi({ description: 'From the making of the release to the end.' }),
};

export const showStatistics = query({
  path: '/api/statistics',
  tag: 'History',
  name: 'show statistics',
  asks: 'read',
  summary: 'Counts how promotions went: outcomes, durations, lead times, and what kept them from going on.',
  query: z.strictObject({
    application: word.optional(),
    environment: word.optional(),
    since: askedInstant.optional().openapi({ description: 'Default: as long ago as the rules keep metrics.' }),
  }),
  answer: z
    .strictObject({
      since: instant,
      until: instant,
      keptDays: z.number().nullable(),
      total: z.strictObject(countsShape),
      places: z.array(z.strictObject({ application: z.string(), environment: z.string(), ...countsShape })),
      validationFailures: z.array(
        z.strictObject({ application: z.string(), environment: z.string(), gate: z.string(), count: z.int() }),
      ),
    })
    .openapi('Statistics'),
  handle: async ({ service }, { actor, query: words }) => statisticsJson(await service.statistics(actor, words)),
});
