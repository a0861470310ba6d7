import fc from 'fast-check';
import { observeSamples } from '../../../../engine/metrics/local/observe-samples.ts';
import { endOf, type Sample } from '../../../../engine/metrics/local/sample.ts';
import { defaultThinning, thinOut } from '../../../../engine/metrics/local/thin-out.ts';

const now = new Date('2026-11-20T10:00:00.000Z');

const samples = fc
  .array(
    fc.record({
      pause: fc.constantFrom(0, 0, 0, 0, 40, 4000),
      isReady: fc.boolean(),
      requests: fc.integer({ min: 0, max: 50 }),
      restarts: fc.constantFrom(0, 0, 1),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((looks) => {
    let at = now.getTime();
    return looks
      .map(({ pause, isReady, requests, restarts }): Sample => {
        at -= (pause + 2) * 1000;
        return {
          at: new Date(at + 2000).toISOString(),
          seconds: 2,
          watchedSeconds: 2,
          readySeconds: isReady ? 2 : 0,
          gapSeconds: 0,
          countedSeconds: 2,
          requests,
          failed: isReady ? 0 : requests,
          buckets: [
            [0.1, isReady ? requests : 0],
            [null, requests],
          ],
          restarts,
          residentBytes: 1000,
          cpuSeconds: 0.1,
        };
      })
      .toReversed();
  });

const thinning = { wholeSeconds: 60, minutesSeconds: 3600, hoursSeconds: 1e9 };
const ever = { from: new Date(0), to: now };

describe('thinning out', () => {
  it('changes nothing of what was counted, and remembers the longest time that nobody watched', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const thin = thinOut(all, now, thinning);
        const [before, after] = [observeSamples('api', all, ever), observeSamples('api', thin, ever)];
        expect(after).toEqual({
          ...before,
          cpuPercent: expect.closeTo(before?.cpuPercent ?? 0) as number,
          longestGapSeconds: expect.closeTo(before?.longestGapSeconds ?? 0) as number,
        });
      }),
    );
  });

  it('of what was thinned out changes nothing', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const once = thinOut(all, now, thinning);
        expect(thinOut(once, now, thinning)).toEqual(once);
      }),
    );
  });

  it('leaves few, however many there were', () => {
    const many = Array.from({ length: 40_000 }, (_, index): Sample => ({
      at: new Date(now.getTime() - index * 200_000).toISOString(),
      seconds: 200,
      watchedSeconds: 200,
      readySeconds: 200,
      gapSeconds: 0,
      countedSeconds: 200,
      requests: 1,
      failed: 0,
      buckets: [],
      restarts: 0,
    }));
    const thin = thinOut(many, now);
    expect(thin.length).toBeLessThan(3500);
    const oldest = Math.min(...thin.map(endOf));
    expect(now.getTime() - oldest).toBeLessThanOrEqual(defaultThinning.hoursSeconds * 1000);
  });

  it('drops what is dated in the future, which a clock that was wrong has written', () => {
    fc.assert(
      fc.property(samples, (all) => {
        expect(thinOut(all, new Date(now.getTime() - 1e9), thinning)).toEqual([]);
      }),
    );
  });
});
