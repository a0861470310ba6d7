import { successRatio, type PromotionStatistics, type Statistics } from '../../engine/promotion-service.ts';

/** How promotions went, as `metrics --json` shows it; times are seconds, absent things null. */
export function statisticsJson({ since, until, keptDays, total, places, validationFailures }: Statistics) {
  return {
    since,
    until,
    keptDays: keptDays ?? null,
    total: countsJson(total),
    places: places.map((place) => {
      return { application: place.application, environment: place.environment, ...countsJson(place) };
    }),
    validationFailures,
  };
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
