import { jest } from '@jest/globals';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { decide } from '../../../engine/workflow/decide.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import { RollbackEscalation } from '../../../engine/workflow/rollback-escalation.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(60_000);

const error: ErrorReport = {
  category: 'DOCKER',
  severity: 'CRITICAL',
  isRetryable: false,
  message: 'it does not start\nsee its log',
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
  const rules = rulesText().replace(
    '{ from: dev, to: qa }',
    '{ from: dev, to: qa, rollback: { enabled: false, timeoutSeconds: 5m } }',
  );
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rules);
});
afterEach(async () => {
  await desk.close();
});

function failsHalfWay(draft: Draft): void {
  draft.moveTo('QUEUED', engineActor);
  draft.acquireSlot(engineActor, slotResources(draft.record));
  draft.moveTo('PROMOTION_RUNNING', engineActor);
  draft.startStep('promote-configuration', engineActor);
  draft.finishStep('promote-configuration', engineActor, 'done', {}, {});
  draft.startStep('migrate-database', engineActor);
  draft.failStep('migrate-database', engineActor, error);
  draft.fail('migrate-database', engineActor, error, false);
  draft.moveTo('PROMOTION_FAILED', engineActor);
  draft.park({ reason: 'manual', detail: 'a person must take it back', until: undefined }, engineActor);
}

async function waiting(): Promise<string> {
  const id = await desk.run();
  await desk.change(id, failsHalfWay);
  return id;
}

async function failedRollback(): Promise<string> {
  const id = await waiting();
  await desk.service.rollBack(operator, { promotionId: id, reason: 'it failed' });
  await desk.change(id, (draft) => {
    draft.moveTo('ROLLING_BACK', engineActor);
    draft.startCompensation('migrate-database', engineActor);
    draft.failCompensation('migrate-database', engineActor, error);
    draft.moveTo('ROLLBACK_FAILED', engineActor);
  });
  return id;
}

const compensations = async (id: string) =>
  (await desk.load(id)).steps.flatMap(({ name, compensation }) =>
    compensation === undefined ? [] : [[name, compensation.status, compensation.summary]],
  );

describe('confirming that a promotion was taken back by hand', () => {
  it('undoes nothing any more, and has what runs verified', async () => {
    const id = await waiting();
    const record = await desk.service.confirmRollback(operator, id);
    expect(record.rollback).toMatchObject({
      trigger: 'manual',
      confirmedBy: operator.id,
      requestedBy: operator.id,
      reason: 'it does not start',
    });
    expect(await compensations(id)).toEqual([
      ['promote-configuration', 'done', `by hand, as ${operator.id} says`],
      ['migrate-database', 'done', `by hand, as ${operator.id} says`],
    ]);
    expect(record).toMatchObject({ state: 'PROMOTION_FAILED', holdsSlot: true });
    const types = (await desk.store.events(id)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['rollback-requested', 'compensation-finished']));
  });

  it('also ends a rollback that the engine could not finish', async () => {
    const id = await failedRollback();
    await desk.service.confirmRollback(operator, id);
    expect(await desk.load(id)).toMatchObject({ state: 'ROLLING_BACK', rollback: { confirmedBy: operator.id } });
    expect((await compensations(id)).map(([, status]) => status)).toEqual(['done', 'done']);
  });

  it('is not the end when it was a mistake: the engine takes it back after all', async () => {
    const id = await failedRollback();
    await expect(desk.service.retry(operator, id, { takesBackAnew: true })).rejects.toThrow('without --anew');
    await desk.service.confirmRollback(operator, id);
    await desk.change(id, (draft) => {
      draft.startStep('verify-rollback', engineActor);
      draft.failStep('verify-rollback', engineActor, error);
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    await desk.service.retry(operator, id, { takesBackAnew: true });
    const record = await desk.load(id);
    expect(record.state).toBe('ROLLING_BACK');
    expect(record.rollback?.confirmedBy).toBeUndefined();
    expect(decide(record)).toEqual({ kind: 'compensate', step: 'migrate-database' });
    const [last] = (await desk.store.events(id)).filter(({ type }) => type === 'rollback-confirmation-withdrawn');
    expect(last?.data).toMatchObject({
      confirmedBy: operator.id,
      steps: ['promote-configuration', 'migrate-database'],
    });
  });

  it('is refused to whoever may not, and where nobody is waited for', async () => {
    const id = await waiting();
    await expect(desk.service.confirmRollback(promoter, id)).rejects.toThrow(
      'confirm-rollback needs operator or admin',
    );
    const other = await desk.run({ release: 'v1', isAgain: true, reason: 'the same again' });
    await expect(desk.service.confirmRollback(operator, other)).rejects.toThrow('waits for nobody to take it back');
  });

  it('comes too late once the engine takes it back, and leaves the engine to it', async () => {
    const id = await waiting();
    await desk.service.rollBack(operator, { promotionId: id, reason: 'quick' });
    await expect(desk.service.confirmRollback(operator, id)).rejects.toThrow('waits for nobody');
  });

  it('is not the only way: the step that failed can be tried again instead', async () => {
    const id = await waiting();
    expect(await desk.service.retry(operator, id)).toMatchObject({
      state: 'QUEUED',
      holdsSlot: true,
      failure: undefined,
      parked: undefined,
    });
  });
});

describe('a rollback that takes longer than it may', () => {
  const sweep = () => new RollbackEscalation(desk.store, desk.clock, 1).sweep();
  const escalations = async (id: string) =>
    (await desk.store.events(id)).filter(({ type }) => type === 'rollback-escalated').map(({ data }) => data['reason']);

  async function rollingBack(): Promise<string> {
    const id = await waiting();
    await desk.service.rollBack(operator, { promotionId: id, reason: 'it failed' });
    await desk.change(id, (draft) => {
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.startCompensation('migrate-database', engineActor);
    });
    return id;
  }

  it('calls somebody once for each such time, and goes on', async () => {
    const id = await rollingBack();
    desk.clock.advance(299);
    expect(await sweep()).toBe(0);
    desk.clock.advance(1);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await escalations(id)).toEqual([
      'the rollback in qa has not ended after 5 min and goes on (undoing migrate-database)',
    ]);
    desk.clock.advance(3600);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await escalations(id)).toHaveLength(2);
    expect(await desk.load(id)).toMatchObject({ state: 'ROLLING_BACK' });
    const messages = await desk.store.takeOutbox(50, 60);
    expect(messages.filter(({ type }) => type === 'rollback.escalated')).toHaveLength(2);
  });

  it('is escalated by one of many that look at once', async () => {
    const id = await rollingBack();
    desk.clock.advance(301);
    const counts = await Promise.all([sweep(), sweep(), sweep()]);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await escalations(id)).toHaveLength(1);
  });

  it('begins to count anew when somebody has it tried again', async () => {
    const id = await failedRollback();
    desk.clock.advance(100_000);
    expect(await sweep()).toBe(0);
    await desk.service.retry(operator, id);
    expect(await sweep()).toBe(0);
    desk.clock.advance(300);
    expect(await sweep()).toBe(1);
  });
});
