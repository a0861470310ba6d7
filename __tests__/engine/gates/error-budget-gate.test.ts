import { judged, secondsAgo, verdict } from './gate-fixture.ts';
import { watched, withObjectives } from './watched-environments.ts';

const config = { maximumConsumedPercent: 50, windowSeconds: 2_592_000, environment: 'source' };
const definition = withObjectives({ errorRatePercent: 1, windowSeconds: 86_400 });
const failing = (failed: number) => ({ definition, ports: watched({ dev: { failed } }) });

describe('the error budget', () => {
  it.each([
    [0, 'pass'],
    [4, 'pass'],
    // Exactly half of what may fail: consumption must stay below.
    [5, 'fail'],
    [6, 'fail'],
    [1000, 'fail'],
  ])('%d of 1000 requests failed, 10 may, less than half of that is asked: %s', async (failed, expected) => {
    expect(await verdict('errorBudget', config, failing(failed))).toBe(expected);
  });

  it('says how much is used', async () => {
    expect(await judged('errorBudget', config, failing(4))).toMatchObject({
      detail: 'dev error budget 40 % used < 50 %',
    });
    expect(await judged('errorBudget', config, failing(5))).toMatchObject({
      detail: 'dev error budget 50 % used ≥ 50 %',
    });
  });

  it('is measured over its own window', async () => {
    const { ports } = failing(0);
    await verdict('errorBudget', config, { definition, ports });
    expect(ports.asked[0]?.span.from).toEqual(secondsAgo(2_592_000));
  });

  it('of an environment that allows no failure is used up by the first', async () => {
    const strict = withObjectives({ availabilityPercent: 100, windowSeconds: 60 });
    const given = (readySeconds: number) => ({ definition: strict, ports: watched({ dev: { readySeconds } }) });
    expect(await verdict('errorBudget', config, given(2_592_000))).toBe('pass');
    expect(await judged('errorBudget', config, given(2_591_999))).toMatchObject({
      verdict: 'fail',
      detail: 'dev error budget more than 100 % used ≥ 50 %',
    });
  });

  it('follows from what the slo gate of the path asks of the same environment, where its rules promise nothing', async () => {
    const slo = (environment: string) => ({
      gate: 'slo',
      config: { maximumErrorRatePercent: 1, environment, windowSeconds: 60 },
      onMissing: 'fail' as const,
      maxAgeSeconds: 300,
    });
    const given = (environment: string, failed: number) => ({
      definition: { ...withObjectives(), gates: [slo(environment)] },
      ports: watched({ dev: { failed } }),
    });
    expect(await verdict('errorBudget', config, given('source', 4))).toBe('pass');
    expect(await verdict('errorBudget', config, given('source', 5))).toBe('fail');
    expect(await judged('errorBudget', config, given('target', 0))).toMatchObject({
      verdict: 'fail',
      detail: 'dev has no error budget: its rules have no slo',
    });
  });

  it.each([
    ['nobody watched', {}],
    ['too few requests', { dev: { requests: 19 } }],
    ['seen too long ago', { dev: { lastSeenAt: secondsAgo(301) } }],
  ])('that is not known is no pass: %s', async (_, environments) => {
    const given = { definition, ports: watched(environments), maxAgeSeconds: 300 };
    expect(await verdict('errorBudget', config, given)).toBe('fail');
    expect(await verdict('errorBudget', config, { ...given, onMissing: 'warn' })).toBe('warn');
  });
});
