import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CanaryStatus, CanaryTraffic, SideTraffic } from '../../../engine/deployment/deployment-target.ts';
import { judgeCanary, type CanaryVerdict } from '../../../engine/verification/judge-canary.ts';

const digest = `sha256:${'a'.repeat(64)}`;

function side(requests: number, failed = 0, meanResponseTimeMs = 10): SideTraffic {
  return { requests, failed, meanResponseTimeMs: requests === 0 ? undefined : meanResponseTimeMs };
}

function sum(sides: readonly SideTraffic[]): SideTraffic {
  const total = (of: (each: SideTraffic) => number): number => sides.reduce((so, each) => so + of(each), 0);
  const requests = total((each) => each.requests);
  return side(
    requests,
    total((each) => each.failed),
    total((each) => each.requests * (each.meanResponseTimeMs ?? 0)) / Math.max(1, requests),
  );
}

function status(services: Readonly<Record<string, CanaryTraffic>>): CanaryStatus {
  const sides = Object.values(services);
  return {
    percentage: 10,
    services: Object.entries(services).map(([name, traffic]) => ({
      name,
      digest,
      isReady: true,
      restarts: 0,
      ...traffic,
    })),
    canary: sum(sides.map(({ canary }) => canary)),
    baseline: sum(sides.map(({ baseline }) => baseline)),
  };
}

function judge(canary: SideTraffic, baseline: SideTraffic, minimumSuccessPercent = 99): CanaryVerdict {
  return judgeCanary(status({ api: { canary, baseline } }), { minimumSuccessPercent });
}

describe('a canary', () => {
  it('with enough good answers is good', () => {
    expect(judge(side(20), side(180))).toEqual({ kind: 'good' });
  });

  it.each([
    [99, 100, 1],
    [99.9, 1_000, 1],
    [95, 40, 2],
    [0, 100, 100],
    [100, 50, 0],
  ])('that meets %d %% exactly, with %i requests and %i failures, is good', (minimum, requests, failed) => {
    // The old instances are no better, so that nothing but the limit speaks.
    expect(judge(side(requests, failed), side(requests, failed), minimum)).toEqual({ kind: 'good' });
  });

  it('with fewer requests than can be judged is unknown, and says how many it had', () => {
    const verdict = judge(side(19), side(171));
    expect(verdict).toMatchObject({ kind: 'unknown' });
    expect(verdict).toHaveProperty(
      'reason',
      'too little traffic: 0 of 19 requests of the canary failed, 0 of 171 of the old instances; at least 20 of the canary are needed to judge it',
    );
  });

  it('that nobody asked anything is unknown, even where nobody asked the old instances either', () => {
    expect(judge(side(0), side(0), 0).kind).toBe('unknown');
  });

  it('is not unknown, but undecided, when one of few requests failed: that is known against it', () => {
    const verdict = judge(side(19, 1), side(171));
    expect(verdict.kind).toBe('undecided');
    expect(verdict).toHaveProperty('reason', expect.stringMatching(/^too little traffic: 1 of 19/));
  });

  it('is not condemned for one failure while others may follow, and is not good with it', () => {
    expect(judge(side(50, 1), side(450))).toEqual({
      kind: 'undecided',
      reason:
        '2.00 % of its requests failed, allowed are 1 % (1 of 50 requests of the canary failed, 0 of 450 of the old instances)',
    });
  });

  it.each([
    [2, 2],
    [3, 100],
    [20, 20],
  ])('is condemned by %i failures of %i requests, however few those are', (failed, requests) => {
    expect(judge(side(requests, failed), side(900)).kind).toBe('bad');
  });

  it('is held to the stricter of both limits', () => {
    const traffic = status({ api: { canary: side(100, 4), baseline: side(100, 4) } });
    expect(judgeCanary(traffic, { minimumSuccessPercent: 90 }).kind).toBe('good');
    expect(judgeCanary(traffic, { minimumSuccessPercent: 90, maximumErrorRatePercent: 3 }).kind).toBe('bad');
    expect(judgeCanary(traffic, { minimumSuccessPercent: 97, maximumErrorRatePercent: 10 }).kind).toBe('bad');
  });

  it('that its limits allow is bad when the old instances do markedly better', () => {
    expect(judge(side(100, 8), side(900), 90)).toEqual({
      kind: 'bad',
      reason:
        'it fails markedly more than the old instances: 8 of 100 requests of the canary failed, 0 of 900 of the old instances',
    });
    expect(judge(side(100, 8), side(900, 45), 90).kind).toBe('good');
    expect(judge(side(100, 4), side(900), 90).kind).toBe('good');
    expect(judge(side(1_000, 8), side(9_000), 90).kind).toBe('good');
  });

  it('that is markedly slower than the old instances is bad, once there are enough answers to compare', () => {
    expect(judge(side(100, 0, 500), side(900, 0, 100))).toEqual({
      kind: 'bad',
      reason: 'it is markedly slower than the old instances: 500 ms on average instead of 100 ms',
    });
    expect(judge(side(99, 0, 500), side(900, 0, 100)).kind).toBe('good');
    expect(judge(side(100, 0, 150), side(900, 0, 10)).kind).toBe('good');
    expect(judge(side(100, 0, 1_900), side(900, 0, 1_000)).kind).toBe('good');
  });

  it('is bad when one of its services is, although a busy one hides it in the sum', () => {
    const verdict = judgeCanary(
      status({
        web: { canary: side(10_000), baseline: side(90_000) },
        orders: { canary: side(30, 6), baseline: side(270) },
      }),
      { minimumSuccessPercent: 99 },
    );
    expect(verdict).toMatchObject({ kind: 'bad' });
    expect(verdict).toHaveProperty('reason', expect.stringMatching(/^orders: 20\.00 % of its requests failed/));
  });

  it('is good when one of its services was never called, as workers are not', () => {
    const traffic = status({
      web: { canary: side(100), baseline: side(900) },
      worker: { canary: side(0), baseline: side(0) },
    });
    expect(judgeCanary(traffic, { minimumSuccessPercent: 99 })).toEqual({ kind: 'good' });
  });

  const sides = fc
    .record({ requests: fc.nat(5_000), share: fc.double({ min: 0, max: 1, noNaN: true }), ms: fc.nat(2_000) })
    .map(({ requests, share, ms }) => side(requests, Math.floor(requests * share), ms));

  it('is never good below its limit or its fewest requests, whatever was counted', () => {
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 0, max: 100 }), (canary, baseline, minimum) => {
        if (judge(canary, baseline, minimum).kind !== 'good') return;
        expect(canary.requests).toBeGreaterThanOrEqual(20);
        expect((canary.requests - canary.failed) * 100).toBeGreaterThanOrEqual(minimum * canary.requests - 1e-6);
      }),
    );
  });

  it('that is bad stays bad with one more failure', () => {
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 0, max: 100 }), (canary, baseline, minimum) => {
        if (judge(canary, baseline, minimum).kind !== 'bad') return;
        const worse = { ...canary, requests: canary.requests + 1, failed: canary.failed + 1 };
        expect(judge(worse, baseline, minimum).kind).toBe('bad');
      }),
    );
  });
});
