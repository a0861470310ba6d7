import { sampleRelease } from '../workflow/sample-promotion.ts';
import { judged, secondsAgo, verdict, type Judged } from './gate-fixture.ts';
import { runs, watched, withObjectives } from './watched-environments.ts';

const config = { forSeconds: 900, maximumRestarts: 0, environment: 'source' };
const given = (observation: object, seconds = 900): Judged => ({
  definition: withObjectives(),
  ports: watched({ dev: observation }),
  deployed: { dev: runs(seconds) },
  maxAgeSeconds: 300,
});

describe('stability', () => {
  it('is to have run for the whole time, and not a moment less', async () => {
    expect(await verdict('stability', config, given({}, 900))).toBe('pass');
    expect(await judged('stability', config, given({}, 899.9))).toMatchObject({
      verdict: 'fail',
      detail: 'v2 has run in dev for 14 min, asked are 15 min',
    });
  });

  it('allows as many restarts as the rule says', async () => {
    expect(await judged('stability', config, given({ restarts: 1 }))).toMatchObject({
      verdict: 'fail',
      detail: 'dev is not stable: api was restarted 1 time',
    });
    expect(await verdict('stability', { ...config, maximumRestarts: 1 }, given({ restarts: 1 }))).toBe('pass');
    expect(await verdict('stability', { ...config, maximumRestarts: 1 }, given({ restarts: 2 }))).toBe('fail');
  });

  it('is to have been ready all the time', async () => {
    expect(await judged('stability', config, given({ readySeconds: 898 }))).toMatchObject({
      verdict: 'fail',
      detail: 'dev is not stable: api was not ready for 2.0 s',
    });
  });

  it.each([
    ['watched with a gap', given({ longestGapSeconds: 15.1 })],
    ['watched half of the time at most', given({ watchedSeconds: 449, readySeconds: 449 })],
    ['never watched', { ...given({}), ports: watched({}) }],
    ['seen too long ago', given({ lastSeenAt: secondsAgo(301) })],
    ['nothing runs there', { ...given({}), deployed: {} }],
    ['another release runs there', { ...given({}), deployed: { dev: runs(9000, { ...sampleRelease, id: 'other' }) } }],
  ])('that nobody knows of is no pass: %s', async (_, more) => {
    expect(await verdict('stability', config, more)).toBe('fail');
    expect(await verdict('stability', config, { ...more, onMissing: 'warn' })).toBe('warn');
  });

  it('tolerates the time between two looks', async () => {
    expect(await verdict('stability', config, given({ longestGapSeconds: 15 }))).toBe('pass');
  });

  it('of the target is that of whatever runs there', async () => {
    const other = { ...sampleRelease, id: 'rel-shop-v1', name: 'v1' };
    const target = { ...given({}), ports: watched({ staging: {} }), deployed: { staging: runs(900, other) } };
    expect(await verdict('stability', { ...config, environment: 'target' }, target)).toBe('pass');
  });
});
