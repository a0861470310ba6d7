import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { NewerEngineError } from '../../../engine/service/service-errors.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

const error: ErrorReport = {
  category: 'UNKNOWN',
  severity: 'HIGH',
  isRetryable: false,
  message: 'no',
  code: undefined,
  remedy: 'Look.',
};

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

function moves(draft: Draft): void {
  draft.moveTo('QUEUED', engineActor);
  draft.acquireSlot(engineActor, slotResources(draft.record));
  draft.moveTo('PROMOTION_RUNNING', engineActor);
  for (const step of ['back-up', 'promote-configuration']) {
    draft.startStep(step, engineActor);
    draft.finishStep(step, engineActor, 'done', {}, {});
  }
}
function deploys(draft: Draft): void {
  const { toEnvironment: name, releaseId } = draft.record;
  draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
  draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
  draft.startStep('deploy', engineActor);
  draft.finishStep('deploy', engineActor, 'done', {}, { environment: { name, releaseId, isVerified: true } });
}
function ends(state: 'COMPLETED_SUCCESSFULLY' | 'FAILED'): (draft: Draft) => void {
  return (draft) => {
    draft.moveTo('GENERATING_REPORTS', engineActor);
    draft.moveTo('NOTIFICATIONS_SENT', engineActor);
    draft.releaseSlot(engineActor);
    draft.moveTo(state, engineActor);
  };
}
async function promoted(): Promise<string> {
  const id = await desk.run();
  await desk.change(id, moves);
  await desk.change(id, deploys);
  desk.clock.advance(1);
  await desk.change(id, ends('COMPLETED_SUCCESSFULLY'));
  return id;
}
async function failedHalfWay(): Promise<string> {
  const id = await desk.run();
  await desk.change(id, moves);
  desk.clock.advance(1);
  await desk.change(id, (draft) => {
    draft.startStep('migrate-database', engineActor);
    draft.failStep('migrate-database', engineActor, error);
    draft.fail('migrate-database', engineActor, error, false);
    draft.moveTo('PROMOTION_FAILED', engineActor);
    ends('FAILED')(draft);
  });
  return id;
}
const rollBack = (id: string) => desk.service.rollBack(operator, { promotionId: id, reason: 'errors' });

describe('rolling back a promotion that runs', () => {
  it('asks that promotion itself, once, and has it looked at', async () => {
    const id = await desk.run();
    await desk.change(id, moves);
    expect(await rollBack(id)).toBe(id);
    expect(await desk.load(id)).toMatchObject({
      rollback: { trigger: 'manual', reason: 'errors', requestedBy: operator.id },
    });
    await expect(rollBack(id)).rejects.toThrow(`${id} is being taken back already`);
    await expect(desk.service.cancel(promoter, id, 'too')).rejects.toThrow('is being taken back already');
  });

  it('comes too late while it ends', async () => {
    const id = await desk.run();
    await desk.change(id, moves);
    await desk.change(id, (draft) => {
      deploys(draft);
      draft.moveTo('GENERATING_REPORTS', engineActor);
    });
    await expect(rollBack(id)).rejects.toThrow(
      `is ending right now; wait for it, then roll it back: promote rollback ${id}`,
    );
  });

  it('promises no rollback of what ends without having changed anything', async () => {
    const id = await desk.run();
    await desk.change(id, (draft) => {
      draft.moveTo('GENERATING_REPORTS', engineActor);
    });
    await expect(desk.service.cancel(promoter, id, 'x')).rejects.toThrow(
      /has changed nothing in qa, so there is nothing to take back\. See it end: promote logs pr-[0-9a-f]+ --follow$/,
    );
  });
});

describe('rolling back a promotion that has ended', () => {
  it('makes a promotion of its own, whose steps are those to undo', async () => {
    const id = await promoted();
    const rollback = await desk.load(await rollBack(id));
    expect(rollback).toMatchObject({
      kind: 'rollback',
      rollbackOf: id,
      state: 'INITIALIZING',
      rollback: { reason: 'errors' },
    });
    const statuses = Object.fromEntries(rollback.steps.map(({ name, status }) => [name, status]));
    expect(statuses).toMatchObject({
      initialize: 'skipped',
      'await-approval': 'skipped',
      'back-up': 'done',
      'promote-configuration': 'done',
      'migrate-database': 'pending',
      deploy: 'done',
      'verify-rollback': 'pending',
      notify: 'pending',
    });
  });

  it('is done by one promotion, however many ask', async () => {
    const id = await promoted();
    const ids = await Promise.all([rollBack(id), rollBack(id), rollBack(id)]);
    expect(new Set(ids).size).toBe(1);
  });

  it('points to the rollback that failed, instead of beginning another', async () => {
    const id = await promoted();
    const rollback = await rollBack(id);
    await desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    await expect(rollBack(id)).rejects.toThrow(`promote retry ${rollback}`);
  });

  it('is refused when something newer runs there', async () => {
    const old = await promoted();
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'qa', 'v3');
    await expect(rollBack(old)).rejects.toThrow(`qa runs what no promotion brought since ${old}`);
  });

  it('is possible when it failed before its deployment and left something behind', async () => {
    const id = await failedHalfWay();
    expect((await desk.load(await rollBack(id))).rollbackOf).toBe(id);
  });

  it('is refused when there is nothing to take back', async () => {
    const dryRun = await desk.run({ isDryRun: true });
    await desk.change(dryRun, (draft) => {
      draft.moveTo('GENERATING_REPORTS', engineActor);
      draft.moveTo('NOTIFICATIONS_SENT', engineActor);
      draft.moveTo('COMPLETED_SUCCESSFULLY', engineActor);
    });
    await expect(rollBack(dryRun)).rejects.toThrow('changed nothing in qa; there is nothing of it to take back');
    const cancelled = await desk.run();
    await desk.change(cancelled, (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    await expect(rollBack(cancelled)).rejects.toThrow('ended (cancelled) and left nothing to take back');
  });

  it('is never rolled back, turned round or cancelled itself', async () => {
    const rollback = await rollBack(await promoted());
    await expect(rollBack(rollback)).rejects.toThrow('a rollback is never turned round');
    await expect(desk.service.cancel(promoter, rollback, 'no')).rejects.toThrow('a rollback is never turned round');
  });
});

describe('trying again', () => {
  const retry = (id: string) => desk.service.retry(operator, id);

  it('goes on at the step that failed, with its attempts counted anew', async () => {
    const id = await failedHalfWay();
    const record = await retry(id);
    expect(record).toMatchObject({ state: 'QUEUED', failure: undefined, endedAt: undefined });
    expect(record.steps.find(({ name }) => name === 'migrate-database')).toMatchObject({
      status: 'retrying',
      attempt: 0,
    });
    expect(record.steps.find(({ name }) => name === 'promote-configuration')?.status).toBe('done');
  });

  it('asks again for what it was checked for when it failed before it changed anything', async () => {
    const id = await desk.run();
    await desk.change(id, (draft) => {
      draft.moveTo('VALIDATING_CONDITIONS', engineActor);
      draft.startStep('validate-conditions', engineActor);
      draft.failStep('validate-conditions', engineActor, error);
      draft.fail('validate-conditions', engineActor, error, true);
      draft.moveTo('VALIDATION_FAILED', engineActor);
      ends('FAILED')(draft);
    });
    expect(await retry(id)).toMatchObject({
      state: 'VALIDATING_CONDITIONS',
      steps: expect.arrayContaining([
        expect.objectContaining({ name: 'validate-conditions', status: 'pending' }),
      ]) as unknown,
    });
  });

  it('is refused for what did not fail, and for what another has overtaken', async () => {
    const running = await desk.run();
    await expect(retry(running)).rejects.toThrow('only what failed can be tried again');
    await desk.change(running, (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    const failed = await failedHalfWay();
    const newer = await promoted();
    await expect(retry(failed)).rejects.toThrow(`${newer} has changed qa since; ask for a new promotion`);
    await expect(retry(newer)).rejects.toThrow('only what failed can be tried again, and');
  });
});

describe('every command', () => {
  it('is refused to whoever may not give it, and changes nothing', async () => {
    const id = await desk.run();
    const before = await desk.load(id);
    const commands = [
      () => desk.service.cancel(viewer, id, 'x'),
      () => desk.service.retry(promoter, id),
      () => desk.service.rollBack(promoter, { promotionId: id, reason: 'x' }),
      () => desk.service.adopt(promoter, 'shop', 'qa', 'v2'),
      () => desk.service.bindRole(operator, { subject: 'x', role: 'admin', application: '*', environment: '*' }),
      () => desk.service.view({ ...viewer, roles: [] }, id),
      () => desk.service.list({ ...viewer, roles: [] }, { limit: 1 }),
      () => desk.service.createRelease(viewer, { application: 'shop', name: 'v9', content: {} }, []),
    ];
    for (const command of commands) await expect(command()).rejects.toThrow(NotAuthorizedError);
    expect(await desk.load(id)).toEqual(before);
  });

  it('leaves to a newer engine what a newer engine has written', async () => {
    const id = await desk.run();
    await desk.store.commit(new Draft(await desk.load(id), desk.clock.now(), 2).toTransition(undefined));
    await expect(desk.service.cancel(promoter, id, 'x')).rejects.toThrow(NewerEngineError);
  });
});

describe('a newer release', () => {
  const withSuperseding = () => {
    desk.rules = rulesOf(rulesText().replace('{ from: dev, to: qa }', '{ from: dev, to: qa, supersedeQueued: true }'));
  };
  const queued = async (release: string): Promise<string> => {
    const id = await desk.run({ release });
    await desk.change(id, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    return id;
  };
  beforeEach(async () => {
    withSuperseding();
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
  });

  it('takes the place of an older one that only waits for its turn', async () => {
    const older = await queued('v2');
    const newer = await desk.run({ release: 'v3' });
    expect((await desk.load(older)).state).toBe('SUPERSEDED');
    expect((await desk.store.events(older)).find(({ type }) => type === 'superseded')?.data).toEqual({
      by: newer,
      release: 'v3',
    });
  });

  it('does not do so when it is a dry run, or the older one', async () => {
    const waiting = await queued('v2');
    await desk.run({ release: 'v3', isDryRun: true });
    await desk.run({ release: 'v1', isAgain: true });
    expect((await desk.load(waiting)).state).toBe('QUEUED');
  });

  it('never takes the place of a rollback, or of what has changed the environment already', async () => {
    const rollback = await rollBack(await promoted());
    await desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    await desk.run({ release: 'v3' });
    expect((await desk.load(rollback)).state).toBe('QUEUED');
  });

  it('leaves alone a failed one that was taken up again', async () => {
    const half = await failedHalfWay();
    await desk.service.retry(operator, half);
    await desk.run({ release: 'v3' });
    expect((await desk.load(half)).state).toBe('QUEUED');
  });
});
