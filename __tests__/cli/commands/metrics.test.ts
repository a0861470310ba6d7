import {
  outcomeNames,
  type OutcomeName,
  type PromotionStatistics,
  type Statistics,
} from '../../../engine/promotion-service.ts';
import { afterStart, sampleStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const outcomes = (more: Partial<Record<OutcomeName, number>>) =>
  ({ ...Object.fromEntries(outcomeNames.map((name) => [name, 0])), ...more }) as PromotionStatistics['outcomes'];
const total: PromotionStatistics = {
  attempts: 7,
  running: 1,
  outcomes: outcomes({ succeeded: 3, failed: 1, 'rolled-back': 1, rejected: 1 }),
  requirementsNotMet: 1,
  takenBackLater: 1,
  duration: { meanMs: 36_000, p95Ms: 72_000 },
  moving: undefined,
  leadTime: { meanMs: 86_400_000, p95Ms: 172_800_000 },
};
const statistics: Statistics = {
  since: sampleStart,
  until: afterStart(60),
  keptDays: 90,
  total,
  places: [{ application: 'shop', environment: 'staging', ...total }],
  validationFailures: [{ application: 'shop', environment: 'staging', gate: 'coverage', count: 2 }],
  restorations: { total: { needed: 2, open: 1, time: { meanMs: 41_000, p95Ms: 60_000 } }, places: [] },
};

const nothing: Statistics = {
  ...statistics,
  total: { ...total, attempts: 0, running: 0, outcomes: outcomes({}) },
  places: [],
  validationFailures: [],
};

function asking(answer = statistics) {
  const asked: object[] = [];
  const session = fakeSession({
    statistics: (_actor, request) => {
      asked.push(request);
      return Promise.resolve(answer);
    },
  });
  return { session, asked };
}

describe('promote metrics', () => {
  it('shows attempts, ends, the success rate, times and failed checks', async () => {
    const { exitCode, out } = await record(['metrics'], { session: asking().session });
    expect(exitCode).toBe(0);
    expect(out).toContain('Promotions asked for since 2026-11-21 14:02:00 UTC (metrics are kept for 90 d)\n');
    expect(out).toMatch(/success rate +40\.0 % +went well and stayed/);
    expect(out).toMatch(/succeeded +3 +1 taken back afterwards/);
    expect(out).toMatch(/failed +1 +1 by requirements not met/);
    expect(out).toMatch(/duration +36 s mean +1\.2 min p95/);
    expect(out).toMatch(/lead time +24 h mean +2 d p95/);
    expect(out).toMatch(/time to restore +41 s mean +1 min p95; needed 2 times, 1 not well again yet/);
    expect(out).toMatch(/shop → staging +7 +3 +1 +1 +40\.0 %/);
    expect(out).toMatch(/Checks that failed\n +2 +coverage +shop → staging/);
    expect(out).not.toContain('expired');
  });

  it('says how long it took to make well what was asked for before, also where nothing was asked for since', async () => {
    const { out } = await record(['metrics'], { session: asking(nothing).session });
    expect(out).toMatch(/time to restore +41 s mean +1 min p95; needed 2 times, 1 not well again yet/);
    expect(out).toMatch(/attempts +0/);
    expect(out).not.toContain('none');
    expect(out).not.toMatch(/rolled back +success rate/);
  });

  it('says none where there were none, and no rate where nothing was decided', async () => {
    const none = await record(['metrics'], {
      session: asking({ ...nothing, restorations: { total: { needed: 0, open: 0, time: undefined }, places: [] } })
        .session,
    });
    expect(none.out).toMatch(/\n {2}none\n$/);
    const undecided = { ...total, outcomes: outcomes({ rejected: 1 }), takenBackLater: 0 };
    const { out } = await record(['metrics'], { session: asking({ ...statistics, total: undecided }).session });
    expect(out).toMatch(/success rate +– /);
  });

  it('is told to programs in seconds', async () => {
    const { session, asked } = asking();
    const { out } = await record(['metrics', 'shop', '--env', 'staging', '--since', '30d', '--json'], { session });
    expect(asked).toEqual([{ application: 'shop', environment: 'staging', since: afterStart(60 - 30 * 86_400) }]);
    expect(JSON.parse(out)).toMatchObject({
      keptDays: 90,
      total: {
        attempts: 7,
        successRatio: 0.4,
        durationSeconds: { mean: 36, p95: 72 },
        movingSeconds: null,
      },
      places: [{ application: 'shop', environment: 'staging', outcomes: { succeeded: 3 } }],
      validationFailures: [{ gate: 'coverage', count: 2 }],
      restorations: { total: { needed: 2, open: 1, seconds: { mean: 41, p95: 60 } }, places: [] },
    });
  });

  it('is told to collectors as OpenMetrics', async () => {
    const { out } = await record(['metrics', '--format', 'openmetrics'], { session: asking().session });
    expect(out).toContain('promotion_attempts{application="shop",environment="staging"} 7\n');
    expect(out).toMatch(/# EOF\n$/);
  });
});
