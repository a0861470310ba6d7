import { sampleRelease } from '../workflow/sample-promotion.ts';
import { judged, secondsAgo, verdict, type Judged } from './gate-fixture.ts';
import { runs, watched, withObjectives } from './watched-environments.ts';

const day = 86_400;
const config = { minimumTrafficPercent: 10, minimumDurationSeconds: day, minimumSuccessPercent: 99 };
/** dev is the canary environment here, staging what it is a canary of. */
const given = (canary: object, others: object = { requests: 9000 }, seconds = day): Judged => ({
  definition: withObjectives(),
  ports: watched({ dev: { requests: 1000, ...canary }, staging: others }),
  deployed: { dev: runs(seconds) },
  maxAgeSeconds: 300,
});

describe('the canary environment', () => {
  it.each([
    ['exactly at each bound', given({ failed: 10 }), 'pass', 'canary 10 % for 24 h, 99 % well'],
    ['one failure more', given({ failed: 11 }), 'fail', 'canary: 98.9 % went well, asked are 99 %'],
    ['one request of the others more', given({}, { requests: 9001 }), 'fail', '9.999 % of the requests'],
    ['a second too short', given({}, { requests: 9000 }, day - 1), 'fail', 'canary ran for 23 h, asked are 24 h'],
    ['one request less', given({ requests: 999 }), 'fail', 'of the requests, asked are 10 %'],
  ])('%s', async (_, more, expected, words) => {
    const answer = await judged('canary', config, more);
    expect(answer.verdict).toBe(expected);
    expect(answer.detail).toContain(words);
  });

  it('is measured while the release ran there, on both sides', async () => {
    const ports = watched({ dev: {}, staging: {} });
    await verdict('canary', config, { ...given({}, {}, 2 * day), ports });
    const span = { from: secondsAgo(2 * day), to: secondsAgo(0) };
    expect(ports.asked).toEqual([
      { environment: 'dev', span },
      { environment: 'staging', span },
    ]);
  });

  it('that runs another release, or nothing, fails: that is known', async () => {
    const other = { ...sampleRelease, id: 'rel-shop-v3', name: 'v3' };
    const warn = { onMissing: 'warn' } as const;
    const elsewhere = { ...given({}), deployed: { dev: runs(day, other) }, ...warn };
    expect(await judged('canary', config, elsewhere)).toMatchObject({
      verdict: 'fail',
      detail: 'v2 does not run in dev: it runs v3',
    });
    expect(await verdict('canary', config, { ...given({}), deployed: {}, ...warn })).toBe('fail');
  });

  it.each([
    ['too few requests', given({ requests: 19 }, { requests: 20 })],
    ['nobody watched the canary', { ...given({}), ports: watched({ staging: {} }) }],
    ['nobody watched the others', { ...given({}), ports: watched({ dev: {} }) }],
    ['watched too short', given({ watchedSeconds: day * 0.94 })],
    ['seen too long ago', given({ lastSeenAt: secondsAgo(301) })],
  ])('that is not known is no pass: %s', async (_, more) => {
    expect(await verdict('canary', config, more)).toBe('fail');
    expect(await verdict('canary', config, { ...more, onMissing: 'warn' })).toBe('warn');
  });
});
