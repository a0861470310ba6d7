import type { Evidence, EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { sampleRelease } from '../workflow/sample-promotion.ts';
import { evidence, judged, now, secondsAgo, verdict, type Judged } from './gate-fixture.ts';

const test = (p95Ms: number, tool = 'k6'): EvidenceFact => ({ kind: 'performance', tool, p95Ms });
const before = { ...sampleRelease, id: 'rel-shop-v1', name: 'v1', digest: `sha256:${'1'.repeat(64)}` };
const tenPercent = { maximumRegressionPercent: 10 };

/** The target runs v1, of which this is known. */
const against = (baseline: readonly Evidence[], own: readonly Evidence[], more: Judged = {}): Judged => ({
  evidence: own,
  deployed: { staging: [{ release: before, promotionId: undefined, deployedAt: now, verifiedAt: now }] },
  evidenceOf: { [before.digest]: baseline },
  ...more,
});

describe('performance', () => {
  it.each([
    [100, 110, 'pass'],
    [100, 110.1, 'fail'],
    [3, 3.3, 'pass'],
    [200, 100, 'pass'],
    [100, Number.NaN, 'fail'],
    [100, Number.POSITIVE_INFINITY, 'fail'],
    [0, 0, 'fail'],
    [Number.NaN, 100, 'fail'],
    [Number.POSITIVE_INFINITY, 100, 'fail'],
  ])('%d ms before, %d ms now, ten per cent more allowed: %s', async (old, own, expected) => {
    expect(await verdict('performance', tenPercent, against([evidence(test(old))], [evidence(test(own))]))).toBe(
      expected,
    );
  });

  it('is compared with the release that runs in the target, whose test may be of any age', async () => {
    const old = [evidence(test(100), secondsAgo(300 * 86_400))];
    const own = [evidence(test(105))];
    expect(await judged('performance', tenPercent, against(old, own, { maxAgeSeconds: 3600 }))).toMatchObject({
      verdict: 'pass',
      detail: 'k6: p95 105 ms, 100 ms before (v1 in staging)',
    });
    const late = against(old, [evidence(test(105), secondsAgo(3601))], { maxAgeSeconds: 3600 });
    expect(await verdict('performance', tenPercent, late)).toBe('fail');
  });

  it('without a baseline is missing: nothing runs there, nothing is known of it, or another tool measured it', async () => {
    const own = [evidence(test(100))];
    for (const [more, words] of [
      [{ deployed: {} }, 'nothing runs in staging'],
      [{}, 'v1 in staging'],
      [{ evidenceOf: { [before.digest]: [evidence(test(100, 'gatling'))] } }, 'there is none'],
    ] as const) {
      const given = against([], own, more);
      expect(await judged('performance', tenPercent, given)).toMatchObject({
        verdict: 'fail',
        detail: expect.stringContaining(words) as string,
      });
      expect(await verdict('performance', tenPercent, { ...given, onMissing: 'warn' })).toBe('warn');
    }
  });

  it('has a bound of its own, inclusive, which holds also without a baseline', async () => {
    const config = { maximumRegressionPercent: 50, maximumP95Ms: 120 };
    const baseline = [evidence(test(100))];
    expect(await verdict('performance', config, against(baseline, [evidence(test(120))]))).toBe('pass');
    expect(await verdict('performance', config, against(baseline, [evidence(test(120.5))]))).toBe('fail');
    const alone = { evidence: [evidence(test(121))], onMissing: 'warn' } as const;
    expect(await verdict('performance', config, alone)).toBe('fail');
  });

  it('of each tool counts', async () => {
    const baseline = [evidence(test(100)), evidence(test(50, 'wrk'))];
    const own = [evidence(test(100)), evidence(test(60, 'wrk'))];
    expect(await judged('performance', tenPercent, against(baseline, own))).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/^wrk: p95 60 ms/) as string,
    });
  });

  it('without a test of its own is missing', async () => {
    const given = against([evidence(test(100))], []);
    expect(await verdict('performance', tenPercent, given)).toBe('fail');
    expect(await verdict('performance', tenPercent, { ...given, onMissing: 'warn' })).toBe('warn');
  });
});
