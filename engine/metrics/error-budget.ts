import type { Measure, ServiceLevels } from './service-levels.ts';
import type { ServiceObjectives } from './service-objectives.ts';

/**
 * How much of what an objective allows to go wrong has gone wrong, in percent: 100 is all of it, 0 nothing. Where both
 * availability and error rate are promised, the budget that is nearer to its end. An objective that allows nothing is
 * used up, without bound, by the first failure.
 */
export function consumedBudgetPercent(
  levels: ServiceLevels,
  objectives: Pick<ServiceObjectives, 'availabilityPercent' | 'errorRatePercent'>,
): Measure {
  const { availabilityPercent, errorRatePercent } = objectives;
  const parts: Measure[] = [];
  if (availabilityPercent !== undefined) {
    parts.push(consumed(inverse(levels.availabilityPercent), 100 - availabilityPercent));
  }
  if (errorRatePercent !== undefined) parts.push(consumed(levels.errorRatePercent, errorRatePercent));
  const unknown = parts.find((part) => !part.isKnown);
  if (unknown !== undefined) return unknown;
  const values = parts.flatMap((part) => (part.isKnown ? [part.value] : []));
  if (values.length === 0) return { isKnown: false, why: 'neither availability nor error rate has an objective' };
  return { isKnown: true, value: Math.max(...values) };
}

function inverse(measure: Measure): Measure {
  return measure.isKnown ? { isKnown: true, value: withoutNoise(100 - measure.value) } : measure;
}

function consumed(bad: Measure, allowedPercent: number): Measure {
  if (!bad.isKnown) return bad;
  const allowed = withoutNoise(allowedPercent);
  if (!(allowed > 0)) return { isKnown: true, value: bad.value > 0 ? Number.POSITIVE_INFINITY : 0 };
  return { isKnown: true, value: withoutNoise((bad.value * 100) / allowed) };
}

/** 100 - 99.9 is a little less than 0.1, and a budget used to exactly a half must be exactly 50 %. */
function withoutNoise(percent: number): number {
  return Math.round(percent * 1e9) / 1e9;
}
