import { expect, jest } from '@jest/globals';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { operator, promoter, rulesText } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
/** The path into staging demands readiness, and the source is ready with caution only: its service is sick, 5 of 8. */
async function open(gates = '{ readiness: { minimumPercent: 60 } }'): Promise<void> {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(`gates: ${gates}`));
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
  // The source has no migrations of its own to compare with, and what is deployed becomes healthy.
  running.health.isHealthy = false;
}
afterEach(async () => {
  await running.close();
});

const ask = { release: 'v3', to: 'staging' } as const;
const reason = 'only qa is sick, and the customer is waiting';
const gatesOf = async (id: string) =>
  (await running.desk.load(id)).steps.find(({ name }) => name === 'validate-conditions')?.output?.['gates'];

describe('moving with caution', () => {
  it('is refused until somebody acknowledges it', async () => {
    await open();
    const { id, state, failure } = await running.promote(ask);
    expect([state, failure?.requirementsNotMet]).toEqual(['FAILED', true]);
    expect(await gatesOf(id)).toMatchObject([
      { gate: 'readiness', verdict: 'fail', detail: expect.stringContaining('--acknowledge <reason>') },
    ]);
  });

  it('goes on with an acknowledgement, which is recorded with who and why, and shown wherever the promotion is', async () => {
    await open();
    const id = await running.desk.run({ ...ask, acknowledges: reason });
    // Once it was judged, what is deployed is healthy.
    await running.work();
    expect(await gatesOf(id)).toMatchObject([
      {
        gate: 'readiness',
        verdict: 'warn',
        detail: expect.stringContaining(`readiness 62.5 %, ready is 90 %; acknowledged by ${promoter.id}: ${reason}`),
      },
    ]);
    const { overrides } = await running.desk.load(id);
    expect(overrides).toMatchObject([{ kind: 'acknowledge', by: promoter.id, reason }]);
    const { plan } = await running.desk.service.view(operator, id);
    expect(plan?.body['setAside']).toEqual([{ kind: 'acknowledge', by: promoter.id, reason }]);
    expect((await running.desk.store.events(id)).find(({ type }) => type === 'override')).toMatchObject({
      actor: promoter,
      data: { kind: 'acknowledge', reason },
    });
  });

  it('can be acknowledged when it is tried again', async () => {
    await open();
    const { id } = await running.promote(ask);
    await running.desk.service.retry(operator, id, { acknowledges: reason });
    await running.work();
    expect(await gatesOf(id)).toMatchObject([{ verdict: 'warn', detail: expect.stringContaining(operator.id) }]);
  });

  it('needs a reason, and a path that demands readiness', async () => {
    await open();
    await expect(running.desk.run({ ...ask, acknowledges: '  ' })).rejects.toThrow('--acknowledge <reason>');
    await running.close();
    await open('{}');
    await expect(running.desk.run({ ...ask, acknowledges: reason })).rejects.toThrow(RefusedError);
    await expect(running.desk.run({ ...ask, acknowledges: reason })).rejects.toThrow('demands no readiness');
  });

  it('acknowledges nothing of what failed for another reason', async () => {
    await open();
    running.health.isHealthy = true;
    const { id, state } = await running.promote(ask);
    expect(state).toBe('COMPLETED_SUCCESSFULLY');
    await expect(running.desk.service.retry(operator, id, { acknowledges: reason })).rejects.toThrow(
      'did not fail for want of readiness',
    );
  });

  it('makes another request of the same key', async () => {
    await open();
    const key = { idempotencyKey: 'ci-17' };
    await running.desk.run({ ...ask, ...key, acknowledges: reason });
    await expect(running.desk.run({ ...ask, ...key })).rejects.toThrow('used for another request');
  });
});
