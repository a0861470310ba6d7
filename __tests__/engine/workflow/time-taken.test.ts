import { jest } from '@jest/globals';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import type { PromotionState } from '../../../engine/workflow/state.ts';
import { timeTakenMs } from '../../../engine/workflow/time-taken.ts';
import { operator, rulesOf, rulesText, ServiceDesk, viewer } from '../service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  desk = await ServiceDesk.open(await server.createStoreDatabase());
});
afterEach(async () => {
  await desk.close();
});

const error: ErrorReport = {
  category: 'UNKNOWN',
  severity: 'HIGH',
  isRetryable: false,
  message: 'it does not start',
  code: undefined,
  remedy: 'Look.',
};

/** After so many seconds, as its run would. */
function after(seconds: number, id: string, change: (draft: Draft) => void) {
  desk.clock.advance(seconds);
  return desk.change(id, change);
}

function moving(...states: readonly PromotionState[]): (draft: Draft) => void {
  return (draft) => {
    for (const state of states) draft.moveTo(state, engineActor);
  };
}
const toTheEnd = moving('GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'COMPLETED_SUCCESSFULLY');

describe('the time that a promotion took', () => {
  it('is without what it lay failed before somebody tried it again, everywhere that it is told', async () => {
    desk.rules = rulesOf(`${rulesText()}collect: { metrics: true }\n`);
    const id = await desk.run();
    await after(2, id, (draft) => {
      draft.moveTo('VALIDATING_CONDITIONS', engineActor);
      draft.startStep('validate-conditions', engineActor);
      draft.failStep('validate-conditions', engineActor, error);
      draft.fail('validate-conditions', engineActor, error, true);
      moving('VALIDATION_FAILED', 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'FAILED')(draft);
    });
    expect((await desk.load(id)).layFailedMs).toBeUndefined();
    for (const seconds of [600, 60]) {
      desk.clock.advance(seconds);
      await desk.service.retry(operator, id);
      await after(3, id, (draft) => {
        draft.startStep('validate-conditions', engineActor);
        if (seconds === 600) {
          draft.failStep('validate-conditions', engineActor, error);
          draft.fail('validate-conditions', engineActor, error, true);
          moving('VALIDATION_FAILED', 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'FAILED')(draft);
          return;
        }
        draft.finishStep('validate-conditions', engineActor, 'fine', {}, {});
        moving('PENDING_APPROVAL', 'APPROVAL_GRANTED', 'QUEUED', 'PROMOTION_RUNNING', 'PROMOTION_SUCCEEDED')(draft);
        draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
        toTheEnd(draft);
      });
    }
    const record = await desk.load(id);
    expect([record.layFailedMs, timeTakenMs(record)]).toEqual([660_000, 8_000]);
    const { promotions } = await desk.service.history(viewer, { limit: 1 });
    expect(promotions).toMatchObject([{ id, layFailedMs: 660_000 }]);
    expect((await desk.service.report(viewer, id)).timing).toMatchObject({ tookMs: 8_000, failedMs: 660_000 });
    const { total } = await desk.service.statistics(viewer, {});
    expect(total.duration?.meanMs).toBe(8_000);
  });

  it('is without what it stood half-way and waited for a person to take it back', async () => {
    const id = await desk.run();
    await after(1, id, moving('VALIDATING_CONDITIONS', 'PENDING_APPROVAL', 'APPROVAL_GRANTED', 'QUEUED'));
    await after(1, id, (draft) => {
      moving('PROMOTION_RUNNING', 'PROMOTION_FAILED')(draft);
      draft.park({ reason: 'manual', detail: 'deploy failed', until: undefined }, engineActor);
    });
    // That somebody is called again is no end of it.
    await after(300, id, (draft) => {
      draft.park({ reason: 'manual', detail: 'deploy failed', until: desk.clock.now() }, engineActor);
    });
    await after(100, id, moving('QUEUED'));
    await after(2, id, (draft) => {
      moving('PROMOTION_RUNNING', 'PROMOTION_SUCCEEDED', 'TRIGGERING_DEPLOYMENT')(draft);
      toTheEnd(draft);
    });
    const record = await desk.load(id);
    expect([record.layFailedMs, timeTakenMs(record)]).toEqual([400_000, 4_000]);
    expect((await desk.service.report(viewer, id)).timing).toMatchObject({ tookMs: 4_000, waitedMs: 0 });
  });

  it('counts every wait that is its own', async () => {
    const id = await desk.run();
    await after(1, id, (draft) => {
      moving('VALIDATING_CONDITIONS', 'PENDING_APPROVAL')(draft);
      draft.park({ reason: 'approval', detail: '0 of 1', until: undefined }, engineActor);
    });
    await after(60, id, moving('CANCELLED'));
    const record = await desk.load(id);
    expect([record.layFailedMs, timeTakenMs(record)]).toEqual([undefined, 61_000]);
  });
});
