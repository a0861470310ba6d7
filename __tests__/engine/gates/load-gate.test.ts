import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { evidence, judged, verdict } from './gate-fixture.ts';

type Load = Extract<EvidenceFact, { kind: 'load' }>;
const load = (more: Partial<Load> = {}): EvidenceFact => ({
  kind: 'load',
  tool: 'k6',
  requestsPerSecond: 200,
  errorRatePercent: 0.5,
  p95Ms: 300,
  phase: 'before',
  ...more,
});
const limits = { minimumRequestsPerSecond: 200, maximumErrorRatePercent: 0.5, maximumP95Ms: 300 };

describe('the load test', () => {
  it.each([
    ['exactly at each bound', {}, 'pass'],
    ['too few requests a second', { requestsPerSecond: 199.99 }, 'fail'],
    ['too many failures', { errorRatePercent: 0.500001 }, 'fail'],
    ['too slow', { p95Ms: 300.1 }, 'fail'],
    ['no number of requests', { requestsPerSecond: Number.NaN }, 'fail'],
    ['an endless number of failures', { errorRatePercent: Number.POSITIVE_INFINITY }, 'fail'],
    ['a time that is none', { p95Ms: Number.NaN }, 'fail'],
  ] as const)('with %s', async (_, more, expected) => {
    expect(await verdict('load', limits, { evidence: [evidence(load(more))] })).toBe(expected);
  });

  it('is missing what it does not say, if that is asked', async () => {
    const { p95Ms: _, ...without } = load() as Load;
    expect(await verdict('load', limits, { evidence: [evidence(without)] })).toBe('fail');
    expect(await verdict('load', limits, { evidence: [evidence(without)], onMissing: 'warn' })).toBe('warn');
    expect(await verdict('load', { maximumErrorRatePercent: 1 }, { evidence: [evidence(without)] })).toBe('pass');
  });

  it('after the deployment says nothing about what is asked before it', async () => {
    const after = [evidence(load({ phase: 'after' }))];
    expect(await judged('load', limits, { evidence: after })).toMatchObject({
      verdict: 'fail',
      detail: 'no usable load test before the deployment: there is none',
    });
  });

  it('of each tool counts', async () => {
    const two = [evidence(load()), evidence(load({ tool: 'gatling', errorRatePercent: 40 }))];
    expect(await judged('load', limits, { evidence: two })).toMatchObject({
      verdict: 'fail',
      detail: 'load test of gatling: 40 % failed, allowed are 0.5 %',
    });
  });
});
