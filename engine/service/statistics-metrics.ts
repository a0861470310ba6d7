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
    {
      ...each(
        places,
        names.successRatio,
        'Promotions that went well and stayed, of those that were decided.',
        successRatio,
      ),
      unit: 'ratio',
    },
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

function restorationFamilies(places: readonly PlaceRestorations[]): readonly GaugeFamily[] {
  const family = (
    name: string,
    help: string,
    valueOf: (place: PlaceRestorations) => number | undefined,
  ): GaugeFamily => ({
    name,
    help,
    samples: places.flatMap((place) => {
      const value = valueOf(place);
      return value === undefined ? [] : [{ labels: at(place), value }];
    }),
  });
  const seconds = (milliseconds: number | undefined): number | undefined =>
    milliseconds === undefined ? undefined : milliseconds / 1000;
  return [
    family(names.restorationsNeeded, 'How often an environment needed to be got well again.', ({ needed }) => needed),
    family(names.restorationsOpen, 'Of these, those that are not well again.', ({ open }) => open),
    {
      ...family(names.restoreMean, 'Mean time in which an environment was well again.', ({ time }) => {
        return seconds(time?.meanMs);
      }),
      unit: 'seconds',
    },
    {
      ...family(names.restoreP95, 'Time within which 95 of 100 times an environment was well again.', ({ time }) => {
        return seconds(time?.p95Ms);
      }),
      unit: 'seconds',
    },
  ];
}

function at({ application, environment }: Pick<PlaceStatistics, 'application' | 'environment'>) {
  return { [labels.application]: application, [labels.environment]: environment };
}

function each(
  places: readonly PlaceStatistics[],
  name: string,
  help: string,
  valueOf: (place: PlaceStatistics) => number | undefined,
): GaugeFamily {
  const samples = places.flatMap((place) => {
    const value = valueOf(place);
    return value === undefined ? [] : [{ labels: at(place), value }];
  });
  return { name, help, samples };
}

function durations(
  places: readonly PlaceStatistics[],
  mean: string,
  p95: string,
  span: string,
  durationsOf: (place: PlaceStatistics) => Durations | undefined,
): readonly GaugeFamily[] {
  const inSeconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : milliseconds / 1000;
  return [
    {
      ...each(places, mean, `Mean time of promotions that succeeded, ${span}.`, (place) => {
        return inSeconds(durationsOf(place)?.meanMs);
      }),
      unit: 'seconds',
    },
    {
      ...each(places, p95, `Time within which 95 of 100 promotions succeeded, ${span}.`, (place) => {
        return inSeconds(durationsOf(place)?.p95Ms);
      }),
      unit: 'seconds',
    },
  ];
}
