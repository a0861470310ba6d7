import {
  successRatio,
  type PromotionStatistics,
  type Restorations,
  type Statistics,
  type Trend,
} from '../../engine/promotion-service.ts';

/** How promotions went, as `metrics --json` shows it; times are seconds, absent things null. */
export function statisticsJson({
  since,
  until,
  keptDays,
  total,
  places,
  validationFailures,
  restorations,
}: Statistics) {
  return {
    since,
    until,
    keptDays: keptDays ?? null,
    total: countsJson(total),
    places: places.map((place) => {
      return { application: place.application, environment: place.environment, ...countsJson(place) };
    }),
    validationFailures,
    restorations: {
      total: restorationsJson(restorations.total),
      places: restorations.places.map((place) => {
        return { application: place.application, environment: place.environment, ...restorationsJson(place) };
      }),
    },
  };
}

/** The same, part by part. */
export function trendJson({ since, until, keptDays, bucket, points }: Trend) {
  const seconds = (milliseconds: number | undefined): number | null =>
    milliseconds === undefined ? null : milliseconds / 1000;
  return {
    since,
    until,
    keptDays: keptDays ?? null,
    bucket,
    points: points.map(({ movingMs, leadTimeMs, restoreMs, ...counts }) => ({
      ...counts,
      movingSeconds: seconds(movingMs),
      leadTimeSeconds: seconds(leadTimeMs),
      restoreSeconds: seconds(restoreMs),
    })),
  };
}

function restorationsJson({ needed, open, time }: Restorations) {
  return { needed, open, seconds: durationsJson(time) };
}

function countsJson(statistics: PromotionStatistics) {
  const { attempts, running, outcomes, requirementsNotMet, takenBackLater, duration, moving, leadTime } = statistics;
  return {
    attempts,
    running,
    outcomes,
    requirementsNotMet,
    takenBackLater,
    successRatio: successRatio(statistics) ?? null,
    durationSeconds: durationsJson(duration),
    movingSeconds: durationsJson(moving),
    leadTimeSeconds: durationsJson(leadTime),
  };
}

function durationsJson(durations: PromotionStatistics['duration']) {
  return durations === undefined ? null : { mean: durations.meanMs / 1000, p95: durations.p95Ms / 1000 };
}
