import { promotionMetricLabels as labels, promotionMetrics as names } from '../contract/promotion-metrics.ts';
import { openMetricsText, type GaugeFamily } from '../metrics/open-metrics-text.ts';
import type { Durations, PlaceRestorations, PlaceStatistics } from '../store/statistics-store.ts';
import { outcomeNames } from '../workflow/outcome.ts';
import { successRatio, type Statistics } from './read-statistics.ts';

/** How promotions went, for a collector of metrics. They are about a time that moves on, so all of them are gauges. */
export function statisticsMetrics({ since, places, validationFailures, restorations }: Statistics): string {
  return openMetricsText([
    {
      name: names.windowStart,
      help: 'Since when promotions are counted.',
      unit: 'seconds',
      samples: [{ labels: {}, value: since.getTime() / 1000 }],
    },
    each(places, names.attempts, 'Promotions asked for.', ({ attempts }) => attempts),
    each(places, names.running, 'Promotions on their way.', ({ running }) => running),
    {
      name: names.outcomes,
      help: 'Promotions by how they ended.',
      samples: places.flatMap((place) =>
        outcomeNames.map((outcome) => ({
          labels: { ...at(place), [labels.outcome]: outcome },
          value: place.outcomes[outcome],
        })),
      ),
    },
    each(places, names.takenBackLater, 'Promotions that succeeded and were taken back afterwards.', (place) => {
      return place.takenBackLater;
    }),
    each(
      places,
      names.successRatio,
      'Promotions that went well and stayed, of those that were decided.',
      successRatio,
      'ratio',
    ),
    ...durations(
      places,
      names.durationMean,
      names.durationP95,
      'from the request to the end',
      ({ duration }) => duration,
    ),
    ...durations(places, names.movingMean, names.movingP95, 'from the back-up to the end', ({ moving }) => moving),
    ...durations(
      places,
      names.leadTimeMean,
      names.leadTimeP95,
      'from the making of the release to the end',
      (place) => {
        return place.leadTime;
      },
    ),
    ...restorationFamilies(restorations.places),
    {
      name: names.validationFailures,
      help: 'Checks that kept a promotion from going on, by gate.',
      samples: validationFailures.map(({ gate, count, ...place }) => ({
        labels: { ...at(place), [labels.gate]: gate },
        value: count,
      })),
    },
  ]);
}

type Place = Pick<PlaceStatistics, 'application' | 'environment'>;

function restorationFamilies(places: readonly PlaceRestorations[]): readonly GaugeFamily[] {
  return [
    each(places, names.restorationsNeeded, 'How often an environment needed to be got well again.', ({ needed }) => {
      return needed;
    }),
    each(places, names.restorationsOpen, 'Of these, those that are not well again.', ({ open }) => open),
    seconds(places, names.restoreMean, 'Mean time in which an environment was well again.', ({ time }) => time?.meanMs),
    seconds(
      places,
      names.restoreP95,
      'Time within which 95 of 100 times an environment was well again.',
      ({ time }) => time?.p95Ms,
    ),
  ];
}

function durations(
  places: readonly PlaceStatistics[],
  mean: string,
  p95: string,
  span: string,
  durationsOf: (place: PlaceStatistics) => Durations | undefined,
): readonly GaugeFamily[] {
  return [
    seconds(places, mean, `Mean time of promotions that succeeded, ${span}.`, (place) => durationsOf(place)?.meanMs),
    seconds(
      places,
      p95,
      `Time within which 95 of 100 promotions succeeded, ${span}.`,
      (place) => durationsOf(place)?.p95Ms,
    ),
  ];
}

function seconds<Counted extends Place>(
  places: readonly Counted[],
  name: string,
  help: string,
  millisecondsOf: (place: Counted) => number | undefined,
): GaugeFamily {
  const secondsOf = (place: Counted): number | undefined => {
    const milliseconds = millisecondsOf(place);
    return milliseconds === undefined ? undefined : milliseconds / 1000;
  };
  return each(places, name, help, secondsOf, 'seconds');
}

/** A sample of each place that has the value. */
function each<Counted extends Place>(
  places: readonly Counted[],
  name: string,
  help: string,
  valueOf: (place: Counted) => number | undefined,
  unit?: NonNullable<GaugeFamily['unit']>,
): GaugeFamily {
  const samples = places.flatMap((place) => {
    const value = valueOf(place);
    return value === undefined ? [] : [{ labels: at(place), value }];
  });
  return { name, help, samples, ...(unit === undefined ? {} : { unit }) };
}

function at({ application, environment }: Place) {
  return { [labels.application]: application, [labels.environment]: environment };
}
