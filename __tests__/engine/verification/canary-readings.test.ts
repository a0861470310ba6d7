import type { CanaryStatus } from '../../../engine/deployment/deployment-target.ts';
import { canaryReading, withReading, type CanaryReading } from '../../../engine/verification/canary-readings.ts';

const status = (requests: number, meanResponseTimeMs?: number): CanaryStatus => ({
  percentage: 10,
  services: [],
  canary: { requests, failed: 1, meanResponseTimeMs },
  baseline: { requests: requests * 9, failed: 0, meanResponseTimeMs: 12 },
});
const at = (minute: number): Date => new Date(Date.UTC(2030, 0, 1, 0, minute));

describe('what is kept of the looks at a canary', () => {
  it('is what both sides answered, with when that was', () => {
    expect(canaryReading(status(20), at(0))).toEqual({
      at: '2030-01-01T00:00:00.000Z',
      percentage: 10,
      canary: { requests: 20, failed: 1, meanResponseTimeMs: null },
      baseline: { requests: 180, failed: 0, meanResponseTimeMs: 12 },
    });
  });

  it('is never more than weighs little, over the whole time, with the newest in it', () => {
    let readings: readonly CanaryReading[] = [];
    for (let minute = 0; minute < 1440; minute += 1) {
      readings = withReading(readings, canaryReading(status(minute), at(minute)));
      expect(readings.at(-1)?.at).toBe(at(minute).toISOString());
    }
    expect(readings.length).toBeLessThanOrEqual(120);
    expect(readings.length).toBeGreaterThan(50);
    const minutes = readings.map((reading) => (Date.parse(reading.at) - at(0).getTime()) / 60_000);
    expect(minutes).toEqual(minutes.toSorted((one, other) => one - other));
    expect(minutes[0]).toBeLessThan(60);
  });
});
