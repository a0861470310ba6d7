import { jest } from '@jest/globals';
import { OnItsWayError } from '../../../engine/service/refuse-when-on-its-way.ts';
import { promoteVerified } from '../../../engine/service/auto-promotion.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { answerFor } from '../../../cli/error-answer.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

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

const promotions = async () => (await desk.store.listPromotions({ limit: 100 })).map(({ id }) => id);
const unmet = {
  message: 'coverage is 60 %',
  category: 'UNKNOWN',
  severity: 'HIGH',
  isRetryable: false,
  code: undefined,
  remedy: 'test more',
} as const;
/** As a promotion whose requirements were not met. */
const fail = (id: string) =>
  desk.change(id, (draft) => {
    draft.moveTo('VALIDATING_CONDITIONS', engineActor);
    draft.startStep('validate-conditions', engineActor);
    draft.failStep('validate-conditions', engineActor, unmet);
    draft.fail('validate-conditions', engineActor, unmet, true);
    draft.moveTo('VALIDATION_FAILED', engineActor);
    draft.moveTo('GENERATING_REPORTS', engineActor);
    draft.moveTo('NOTIFICATIONS_SENT', engineActor);
    draft.moveTo('FAILED', engineActor);
  });

describe('a release that is on its way along a path', () => {
  it('is not promoted there a second time; the refusal names the one that is open, and what to type', async () => {
    const id = await desk.run();
    const refusal: unknown = await desk.run().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OnItsWayError);
    expect(answerFor(refusal, 'run', 'promote')).toEqual({
      message: `v2 is on its way from dev to qa already: ${id} (getting ready). promote status ${id} shows it, promote logs ${id} --follow sees it end; to ask anew, end it first: promote cancel ${id}`,
      remedy: undefined,
      exitCode: 3,
    });
    await expect(desk.run({ isAgain: true })).rejects.toThrow(OnItsWayError);
    await expect(desk.run({ idempotencyKey: 'build-18' })).rejects.toThrow(OnItsWayError);
    expect(await promotions()).toEqual([id]);
  });

  it('is promoted once however many ask at the same moment', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => desk.run()));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.filter((each) => each.status === 'rejected' && each.reason instanceof OnItsWayError)).toHaveLength(7);
    expect(await promotions()).toHaveLength(1);
  });

  it('is answered, not refused, for who asks again under the same key', async () => {
    const id = await desk.run({ idempotencyKey: 'build-17' });
    expect(await desk.run({ idempotencyKey: 'build-17' })).toBe(id);
  });

  it('keeps no other release, no other path and nobody who only looks ahead from the way', async () => {
    await desk.run();
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    await desk.run({ release: 'v3' });
    await desk.run({ to: 'staging' });
    await desk.run({ isDryRun: true, isAgain: true });
    await desk.run({ isDryRun: true, isAgain: true });
    expect(await promotions()).toHaveLength(5);
  });

  it('is in nobody’s way once it has failed, was cancelled, or is being taken back', async () => {
    await fail(await desk.run());
    const second = await desk.run();
    await desk.change(second, (draft) => {
      draft.requestRollback(
        { trigger: 'cancel', reason: 'x', requestedBy: 'olga', at: desk.clock.now(), acceptsDataLoss: false },
        engineActor,
      );
    });
    await desk.run();
    expect(await promotions()).toHaveLength(3);
  });

  it('lets what failed before it be tried again only once it has ended itself', async () => {
    const failed = await desk.run();
    await fail(failed);
    const open = await desk.run();
    await expect(desk.service.retry(operator, failed)).rejects.toThrow(
      `v2 is on its way from dev to qa already: ${open}`,
    );
    await fail(open);
    expect((await desk.service.retry(operator, failed)).state).toBe('VALIDATING_CONDITIONS');
  });

  it('is no refusal of what would have moved on by itself', async () => {
    desk.rules = rulesOf(rulesText().replace('{ from: dev, to: qa }', '{ from: dev, to: qa, autoPromote: true }'));
    const id = await desk.run();
    expect(await promoteVerified(desk.context)).toEqual([]);
    expect(await promotions()).toEqual([id]);
  });
});
