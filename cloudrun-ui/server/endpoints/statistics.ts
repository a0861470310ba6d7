import { z } from '@hono/zod-openapi';
import { statisticsJson, trendJson } from '../../../cli/json/statistics-json.ts';
import { outcomeNames, trendBuckets, type Statistics } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { Serialised } from '../endpoint/serialised.ts';
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

const restorationsShape = {
  needed: z.int().openapi({ description: 'How often an environment needed to be got well again.' }),
  open: z.int().openapi({ description: 'Of these, those that are not well again.' }),
  seconds: durations.openapi({
    description:
      'From when something that had deployed was to be taken back to when what runs there was verified again.',
  }),
};
/** As many as an installation has. */
const mostPlaces = 100_000;
const usualPlaces = 100;
const asked = {
  application: word.optional(),
  environment: word.optional(),
  since: askedInstant.optional().openapi({ description: 'Default: as long ago as the rules keep metrics.' }),
};

export const showStatistics = query({
  path: '/api/statistics',
  tag: 'History',
  name: 'show statistics',
  asks: 'read',
  summary: 'Counts how promotions went: outcomes, durations, lead times, and what kept them from going on.',
  query: z.strictObject({
    ...asked,
    places: z.coerce.number().int().min(0).max(mostPlaces).default(usualPlaces).openapi({
      description: 'How many applications and environments are told at most, those with most movement first.',
    }),
  }),
  answer: z
    .strictObject({
      since: instant,
      until: instant,
      keptDays: z.number().nullable(),
      total: z.strictObject(countsShape),
      places: z.array(z.strictObject({ application: z.string(), environment: z.string(), ...countsShape })),
      morePlaces: z.int().openapi({ description: 'How many are not told.' }),
      validationFailures: z.array(
        z.strictObject({ application: z.string(), environment: z.string(), gate: z.string(), count: z.int() }),
      ),
      restorations: z.strictObject({
        total: z.strictObject(restorationsShape),
        places: z.array(z.strictObject({ application: z.string(), environment: z.string(), ...restorationsShape })),
      }),
    })
    .openapi('Statistics'),
  async handle({ service, shared }, { actor, query: { places: limit, ...words } }) {
    const texts = shared.madeOf(
      await service.statistics(actor, words, shared),
      (counted) => new StatisticsTexts(counted),
    );
    return texts.of(limit);
  },
});

/** What was counted, as JSON with so many places as were asked for; made once for all who ask for as many. */
class StatisticsTexts {
  readonly #statistics: ReturnType<typeof statisticsJson>;
  #last: { readonly limit: number; readonly text: Serialised } | undefined;

  constructor(statistics: Statistics) {
    const told = statisticsJson(statistics);
    this.#statistics = { ...told, places: told.places.toSorted((one, other) => other.attempts - one.attempts) };
  }

  of(limit: number): Serialised {
    if (this.#last?.limit === limit) return this.#last.text;
    const { places: every, ...rest } = this.#statistics;
    const places = every.slice(0, limit);
    const isTold = new Set(places.map(keyOf));
    const restorations = {
      ...rest.restorations,
      places: rest.restorations.places.filter((place) => isTold.has(keyOf(place))),
    };
    const text = Serialised.of({ ...rest, places, morePlaces: every.length - places.length, restorations });
    this.#last = { limit, text };
    return text;
  }
}

function keyOf({ application, environment }: { readonly application: string; readonly environment: string }): string {
  return `${application} ${environment}`;
}

const mean = z.number().nullable();

export const showTrend = query({
  path: '/api/statistics/trend',
  tag: 'History',
  name: 'show trend',
  asks: 'read',
  summary: 'Counts how promotions went, part by part of a time, by when they were asked for.',
  query: z.strictObject(asked),
  answer: z
    .strictObject({
      since: instant,
      until: instant,
      keptDays: z.number().nullable(),
      bucket: z.enum(trendBuckets),
      points: z.array(
        z.strictObject({
          at: instant.openapi({ description: 'When the part begins.' }),
          attempts: z.int(),
          succeeded: z.int(),
          failed: z.int().openapi({ description: 'Failed, or could not be taken back.' }),
          rolledBack: z.int().openapi({ description: 'Took itself back.' }),
          takenBackLater: z.int(),
          validationFailures: z.int(),
          movingSeconds: mean,
          leadTimeSeconds: mean,
          restoreSeconds: mean,
        }),
      ),
    })
    .openapi('Trend'),
  handle: async ({ service, shared }, { actor, query: words }) =>
    shared.madeOf(await service.overview.trend(actor, words, shared), (trend) => Serialised.of(trendJson(trend))),
});
