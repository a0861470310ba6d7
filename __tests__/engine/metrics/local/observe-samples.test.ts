import { observeSamples } from '../../../../engine/metrics/local/observe-samples.ts';
import type { Sample } from '../../../../engine/metrics/local/sample.ts';

const begin = Date.parse('2026-11-20T10:00:00.000Z');
const at = (second: number): Date => new Date(begin + second * 1000);
const span = { from: at(0), to: at(60) };
const sample = (endsAt: number, more: Partial<Sample> = {}): Sample => ({
  at: at(endsAt).toISOString(),
  seconds: 2,
  watchedSeconds: 2,
  readySeconds: 2,
  gapSeconds: 0,
  countedSeconds: 2,
  requests: 10,
  failed: 1,
  buckets: [
    [0.1, 8],
    [null, 10],
  ],
  restarts: 0,
  ...more,
});

describe('what samples tell of a span', () => {
  it('is nothing when none lies in it', () => {
    expect(observeSamples('api', [], span)).toBeUndefined();
    expect(observeSamples('api', [sample(0), sample(62)], span)).toBeUndefined();
  });

  it('is the sum of those in it, by their middle', () => {
    const found = observeSamples('api', [sample(0.5), sample(30), sample(60), sample(61.5)], span);
    expect(found).toMatchObject({ watchedSeconds: 4, requests: 20, failed: 2, lastSeenAt: at(60) });
    expect(observeSamples('api', [sample(2.5)], span)?.requests).toBe(10);
  });

  it('knows the longest time that nobody watched, at its edges and within', () => {
    const gap = (...samples: readonly Sample[]) => observeSamples('api', samples, span)?.longestGapSeconds;
    expect(gap(sample(50))).toBe(48);
    expect(gap(sample(10))).toBe(50);
    expect(gap(sample(10), sample(40), sample(50))).toBe(28);
    expect(gap(sample(10), sample(40, { gapSeconds: 35 }), sample(50))).toBe(35);
  });

  it('counts nothing twice when the clock was set back in between, and forgets nothing', () => {
    const found = observeSamples('api', [sample(10), sample(20), sample(12), sample(14)], span);
    expect(found).toMatchObject({ watchedSeconds: 8, requests: 40 });
    expect(found?.longestGapSeconds).toBe(40);
  });

  it('says nothing of memory and processor that was not seen', () => {
    expect(observeSamples('api', [sample(10)], span)).toMatchObject({
      residentBytes: undefined,
      cpuPercent: undefined,
    });
    const seen = [sample(10, { cpuSeconds: 1, residentBytes: 5 }), sample(12, { cpuSeconds: 3, residentBytes: 7 })];
    expect(observeSamples('api', [...seen, sample(14)], span)).toMatchObject({ residentBytes: 7, cpuPercent: 100 });
  });
});
