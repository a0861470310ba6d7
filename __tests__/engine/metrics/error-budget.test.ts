import { consumedBudgetPercent } from '../../../engine/metrics/error-budget.ts';
import type { Measure, ServiceLevels } from '../../../engine/metrics/service-levels.ts';

const known = (value: number): Measure => ({ isKnown: true, value });
const unknown: Measure = { isKnown: false, why: '3 requests' };
const levels = (availabilityPercent: Measure, errorRatePercent: Measure): ServiceLevels => ({
  availabilityPercent,
  errorRatePercent,
  p95Ms: unknown,
  requests: 0,
  failed: 0,
  watchedSeconds: 0,
  lastSeenAt: undefined,
});

describe('the error budget', () => {
  it.each([
    // availability, error rate, what is promised of each, what is gone of the budget
    [100, 0, 99.9, 0.1, 0],
    [99.95, 0, 99.9, undefined, 50],
    [99.9, 0, 99.9, undefined, 100],
    [99.8, 0, 99.9, undefined, 200],
    [100, 0.05, undefined, 0.1, 50],
    [99.95, 0.02, 99.9, 0.1, 50],
    [99.98, 0.05, 99.9, 0.1, 50],
    [100, 0.3, 99, 1, 30],
  ])('availability %d %% and %d %% errors, promised %s and %s: %d %% is gone', (up, errors, most, least, expected) => {
    const objectives = { availabilityPercent: most, errorRatePercent: least };
    expect(consumedBudgetPercent(levels(known(up), known(errors)), objectives)).toEqual(known(expected));
  });

  it('of a promise that allows nothing is used up without bound by the first failure, and not before', () => {
    const objectives = { availabilityPercent: 100, errorRatePercent: 0 };
    expect(consumedBudgetPercent(levels(known(100), known(0)), objectives)).toEqual(known(0));
    expect(consumedBudgetPercent(levels(known(100), known(0.001)), objectives)).toEqual(known(Infinity));
  });

  it('is not known where one of the promised measures is not, or nothing is promised', () => {
    const both = { availabilityPercent: 99, errorRatePercent: 1 };
    expect(consumedBudgetPercent(levels(known(100), unknown), both)).toEqual(unknown);
    expect(consumedBudgetPercent(levels(unknown, known(0)), both)).toEqual(unknown);
    expect(consumedBudgetPercent(levels(known(100), known(0)), {}).isKnown).toBe(false);
    expect(consumedBudgetPercent(levels(known(100), unknown), { availabilityPercent: 99 })).toEqual(known(0));
  });
});
