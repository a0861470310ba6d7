import { jest } from '@jest/globals';
import { Client } from 'pg';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { promotionMetrics } from '../../../engine/contract/promotion-metrics.ts';
import { parsePrometheusText } from '../../../engine/metrics/prometheus-text.ts';
import { successRatio } from '../../../engine/service/read-statistics.ts';
import { statisticsMetrics } from '../../../engine/service/statistics-metrics.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
let url: string;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createStoreDatabase();
  desk = await ServiceDesk.open(url);
});
afterEach(async () => {
  await desk.close();
});

const error: ErrorReport = {
  category: 'VALIDATION',
  severity: 'HIGH',
  isRetryable: false,
  message: 'no',
  code: undefined,
  remedy: 'Look.',
};

/** A promotion that takes so many seconds, half of it before its back-up. */
async function lasting(seconds: number, end: (draft: Draft) => void, isDryRun = false): Promise<string> {
  const id = await desk.run({ isAgain: true, isDryRun });
  desk.clock.advance(seconds / 2);
  if (!isDryRun) {
    await desk.change(id, (draft) => {
      draft.startStep('back-up', engineActor);
      draft.finishStep('back-up', engineActor, 'done', {}, {});
    });
  }
  desk.clock.advance(seconds / 2);
  await desk.change(id, end);
  return id;
}
function walk(draft: Draft, ...states: readonly Parameters<Draft['moveTo']>[0][]): void {
  for (const state of states) draft.moveTo(state, engineActor);
}
const succeeds = (draft: Draft): void => {
  walk(draft, 'VALIDATING_CONDITIONS', 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'COMPLETED_SUCCESSFULLY');
};
const isRefused =
  (gates: readonly string[]) =>
  (draft: Draft): void => {
    const checks = gates.map((gate) => ({ gate, verdict: 'fail', detail: 'no', evidence: [] }) as const);
    walk(draft, 'VALIDATING_CONDITIONS');
    draft.startStep('validate-conditions', engineActor);
    draft.failStep('validate-conditions', engineActor, error, { checks });
    draft.fail('validate-conditions', engineActor, error, true);
    walk(draft, 'VALIDATION_FAILED', 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'FAILED');
  };
const isTakenBack = (draft: Draft): void => {
  const request = { trigger: 'manual', reason: 'slow', requestedBy: 'olga', at: desk.clock.now() } as const;
  draft.requestRollback({ ...request, acceptsDataLoss: false }, operator);
  walk(draft, 'QUEUED', 'ROLLING_BACK', 'ROLLED_BACK');
};
const isCancelled = (draft: Draft): void => {
  walk(draft, 'CANCELLED');
};
/** A promotion that is to be taken back once it has deployed, and is so after so many seconds. @param restores whether it is. */
async function breaking(seconds: number, hasDeployed = true, restores = true): Promise<string> {
  const id = await desk.run({ isAgain: true });
  await desk.change(id, (draft) => {
    const request = {
      trigger: 'automatic',
      reason: 'sick',
      requestedBy: 'promotion-process',
      at: desk.clock.now(),
    } as const;
    if (hasDeployed) draft.startStep('deploy', engineActor);
    draft.requestRollback({ ...request, acceptsDataLoss: false }, engineActor);
  });
  desk.clock.advance(seconds);
  await desk.change(id, (draft) => {
    walk(draft, 'QUEUED', 'ROLLING_BACK', restores ? 'ROLLED_BACK' : 'ROLLBACK_FAILED');
  });
  desk.clock.advance(1);
  return id;
}
const statistics = (more = {}, actor = viewer) => desk.service.statistics(actor, more);

describe('promotion metrics', () => {
  it('count attempts and how they ended, and the share that went well of those that were decided', async () => {
    for (const end of [succeeds, succeeds, isRefused(['coverage']), isTakenBack, isCancelled]) await lasting(10, end);
    await desk.run({ isAgain: true });
    const { total, places } = await statistics();
    expect(total).toMatchObject({
      attempts: 6,
      running: 1,
      requirementsNotMet: 1,
      outcomes: { succeeded: 2, failed: 1, 'rolled-back': 1, cancelled: 1, rejected: 0 },
    });
    expect(successRatio(total)).toBe(0.5);
    expect(places).toMatchObject([{ application: 'shop', environment: 'qa', attempts: 6 }]);
  });

  it('do not count as well gone what a person took back afterwards', async () => {
    const id = await lasting(10, succeeds);
    await lasting(10, succeeds);
    await takesBack(await desk.run({ isAgain: true }), id);
    const { total } = await statistics();
    expect(total).toMatchObject({ attempts: 2, takenBackLater: 1 });
    expect(successRatio(total)).toBe(0.5);
    expect(await desk.store.history.ended({ limit: 1 })).toMatchObject([{ of: id }]);
  });

  it('say how long promotions took, on average and at the most of 95 of 100, and how old releases were', async () => {
    for (const seconds of [10, 20, 30]) await lasting(seconds, succeeds);
    await lasting(1000, isCancelled);
    const { total } = await statistics();
    expect(total.duration).toEqual({ meanMs: 20_000, p95Ms: 29_000 });
    expect(total.moving).toEqual({ meanMs: 10_000, p95Ms: 14_500 });
    expect(total.leadTime?.meanMs).not.toBeUndefined();
  });

  it('count the checks that failed by gate, and a step where no gate was named', async () => {
    await lasting(1, isRefused(['coverage', 'tests']));
    await lasting(1, isRefused(['coverage']));
    await lasting(1, isRefused([]));
    await lasting(1, isRefused(['coverage']), true);
    expect((await statistics()).validationFailures).toEqual([
      { application: 'shop', environment: 'qa', gate: 'coverage', count: 2 },
      { application: 'shop', environment: 'qa', gate: 'tests', count: 1 },
      { application: 'shop', environment: 'qa', gate: 'validate-conditions', count: 1 },
    ]);
  });

  it('say how long environments took to be well again, from when what had deployed was to be taken back', async () => {
    await breaking(30);
    await breaking(50);
    await breaking(500, false);
    expect((await statistics()).restorations).toEqual({
      total: { needed: 2, open: 0, time: { meanMs: 40_000, p95Ms: 49_000 } },
      places: [
        {
          application: 'shop',
          environment: 'qa',
          needed: 2,
          open: 0,
          time: { meanMs: 40_000, p95Ms: expect.closeTo(49_000) as number },
        },
      ],
    });
  });

  it('count as not well again what could not be taken back, until something there is verified once more', async () => {
    await breaking(10, true, false);
    expect((await statistics()).restorations.total).toEqual({ needed: 1, open: 1, time: undefined });
    desk.clock.advance(80);
    await lasting(9, succeeds);
    expect((await statistics()).restorations.total).toMatchObject({ needed: 1, open: 0, time: { meanMs: 100_000 } });
  });

  it('count a rollback that a person asked for after the end', async () => {
    const id = await lasting(10, succeeds);
    await takesBack(await desk.run({ isAgain: true }), id);
    expect((await statistics()).restorations.total).toMatchObject({ needed: 1, open: 0 });
  });

  it('are told part by part too, with those in which nothing was', async () => {
    await lasting(10, succeeds);
    await lasting(10, isRefused(['coverage', 'tests']));
    desk.clock.advance(2 * 86_400);
    await breaking(41);
    const trend = await desk.service.overview.trend(viewer, {
      since: new Date(desk.clock.now().getTime() - 4 * 86_400_000),
    });
    expect(trend.bucket).toBe('day');
    expect(trend.points.map((each) => [each.attempts, each.succeeded, each.failed, each.rolledBack])).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [2, 1, 1, 0],
      [0, 0, 0, 0],
      [1, 0, 0, 1],
    ]);
    expect(trend.points[2]).toMatchObject({ validationFailures: 2, movingMs: 5000, restoreMs: undefined });
    expect(trend.points[4]).toMatchObject({ restoreMs: 41_000, movingMs: undefined });
    const ofHours = await desk.service.overview.trend(viewer, {
      since: new Date(desk.clock.now().getTime() - 3_600_000),
    });
    expect([ofHours.bucket, ofHours.points.length]).toEqual(['hour', 2]);
    await expect(desk.service.overview.trend({ ...viewer, roles: [] }, {})).rejects.toThrow(NotAuthorizedError);
  });

  it('are about what was asked for since a moment, in one place if need be, without dry runs', async () => {
    await lasting(10, succeeds);
    const between = desk.clock.now();
    desk.clock.advance(1);
    await lasting(10, isCancelled);
    await lasting(10, isCancelled, true);
    expect((await statistics({ since: between })).total).toMatchObject({ attempts: 1, outcomes: { cancelled: 1 } });
    expect((await statistics({ application: 'shop', environment: 'prod' })).total).toMatchObject({
      attempts: 0,
      duration: undefined,
    });
    await expect(statistics({}, { ...viewer, roles: [] })).rejects.toThrow(NotAuthorizedError);
  });

  it('reach back as long as the rules keep them, and no longer', async () => {
    desk.rules = rulesOf(`${rulesText()}retention: { metricsDays: 7 }\n`);
    await lasting(10, succeeds);
    expect((await statistics()).total.attempts).toBe(1);
    desk.clock.advance(8 * 86_400);
    const late = await statistics({ since: new Date(0) });
    expect(late).toMatchObject({ keptDays: 7, total: { attempts: 0 } });
    expect(late.since).toEqual(new Date(desk.clock.now().getTime() - 7 * 86_400_000));
    desk.context.rules.current = () => Promise.reject(new Error('not YAML'));
    expect(await statistics()).toMatchObject({ keptDays: undefined, total: { attempts: 1 } });
  });

  it('are told to collectors as OpenMetrics, all of them gauges, by application, target, outcome and gate', async () => {
    await lasting(10, succeeds);
    await lasting(10, isRefused(['coverage']));
    await breaking(41);
    const text = statisticsMetrics(await statistics());
    expect(text).toMatch(/# EOF\n$/);
    expect(text).toContain(
      '# TYPE promotion_duration_mean_seconds gauge\n# UNIT promotion_duration_mean_seconds seconds\n',
    );
    const samples = parsePrometheusText(text);
    const place = { application: 'shop', environment: 'qa' };
    expect(samples).toEqual(
      expect.arrayContaining([
        { name: promotionMetrics.attempts, labels: place, value: 3 },
        { name: promotionMetrics.restoreMean, labels: place, value: 41 },
        { name: promotionMetrics.outcomes, labels: { ...place, outcome: 'failed' }, value: 1 },
        { name: promotionMetrics.successRatio, labels: place, value: 1 / 3 },
        { name: promotionMetrics.durationP95, labels: place, value: 10 },
        { name: promotionMetrics.validationFailures, labels: { ...place, gate: 'coverage' }, value: 1 },
      ]),
    );
    expect(new Set(samples.map(({ name }) => name))).toEqual(new Set(Object.values(promotionMetrics)));
  });
});

/** Makes a promotion the rollback of another one that has ended, as the service would. */
async function takesBack(id: string, of: string): Promise<void> {
  desk.clock.advance(1);
  await desk.change(id, isTakenBack);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`update promotion set kind = 'rollback', rollback_of = $2 where id = $1`, [id, of]);
  await client.end();
}

it('promotions are not counted where the rules collect no metrics', async () => {
  desk.rules = rulesOf(`${rulesText()}collect: { metrics: false }\n`);
  await expect(desk.service.statistics(viewer, {})).rejects.toThrow('collect.metrics: false');
});
