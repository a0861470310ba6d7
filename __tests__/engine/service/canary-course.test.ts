import { canaryOf } from '../../../engine/service/canary-course.ts';
import type { PromotionRecord, StepRecord } from '../../../engine/workflow/promotion.ts';

const reading = (requests: number) => {
  const side = { requests, failed: 0, meanResponseTimeMs: 5 };
  return { at: '2030-01-01T00:00:00.000Z', percentage: 10, canary: side, baseline: side };
};
const config = {
  durationSeconds: 3600,
  minimumSuccessPercent: 99,
  maximumErrorRatePercent: 0.5,
  checkIntervalSeconds: 60,
};
const promotion = (step: Partial<StepRecord>) =>
  ({
    definition: {
      steps: [
        { name: 'deploy', config: { canaryPercentage: 10 } },
        { name: 'shift-canary', config },
      ],
    },
    steps: [{ name: 'shift-canary', ...step }],
  }) as unknown as PromotionRecord;
const watch = { startedAt: '2030-01-01T00:00:00.000Z', readings: [reading(1)] };

describe('how a canary does', () => {
  it('is told by what its step keeps while it is watched, with what the rules allow', () => {
    expect(canaryOf(promotion({ status: 'parked', checkpoint: watch }))).toEqual({
      percentage: 10,
      durationSeconds: 3600,
      allowedErrorPercent: 0.5,
      startedAt: new Date('2030-01-01T00:00:00Z'),
      readings: [reading(1)],
    });
  });

  it('is told by what it came to once it is over, also when it failed', () => {
    const over = { checkpoint: watch, output: { readings: [reading(1), reading(2)] } };
    expect(canaryOf(promotion(over))?.readings).toHaveLength(2);
  });

  it('is nothing yet before anybody looked, or where an engine before this one did', () => {
    expect(canaryOf(promotion({ status: 'pending' }))).toMatchObject({ startedAt: undefined, readings: [] });
    const old = { looks: 3, seen: '10 %: 0 of 5 requests of the canary failed', generation: 2 };
    expect(canaryOf(promotion({ status: 'done', output: old }))).toMatchObject({ readings: [] });
  });

  it('is not asked for where a promotion goes without one', () => {
    expect(canaryOf({ definition: { steps: [] }, steps: [] } as unknown as PromotionRecord)).toBeUndefined();
  });
});
