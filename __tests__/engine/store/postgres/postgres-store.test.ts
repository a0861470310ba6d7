import { jest } from '@jest/globals';
import { Pool } from 'pg';
import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import { Dispatcher } from '../../../../engine/workflow/dispatcher.ts';
import { defaultLeaseSeconds } from '../../../../engine/workflow/gone-run.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { claim, claimOne, load, requestPromotion, stateVersion } from '../contract/store-fixture.ts';
import { describeStore } from '../promotion-store-contract.ts';

// A machine that is busy with other suites must not fail this one.
jest.setTimeout(60_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

describeStore('the Postgres store', async () => {
  const url = await server.createStoreDatabase();
  const connections: StoreConnection[] = [];
  const open = async () => {
    const connection = await connectStore({ url, maximumConnections: 6 });
    connections.push(connection);
    return connection.store;
  };
  return {
    store: await open(),
    open,
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
});

describe('a clock that is ahead of the database’s', () => {
  it('says what is due: promotions to be claimed and handed out, and messages, each once', async () => {
    let aheadSeconds = 0;
    const url = await server.createDatabase();
    const connection = await connectStore({ url, aheadSeconds: () => aheadSeconds });
    const { store } = connection;
    try {
      const tomorrow = new Date(Date.now() + 86_000_000);
      const id = await requestPromotion(store, { dueAt: tomorrow });
      expect(await claim(store)).toEqual([]);
      expect(await store.takeDispatch(10, 60, stateVersion)).toEqual([]);
      await store.deliveries.announce({
        eventId: 'e-1',
        promotionId: undefined,
        type: 'hold.changed',
        body: {},
        createdAt: tomorrow,
      });
      expect(await store.takeOutbox(10, 60)).toEqual([]);
      aheadSeconds = 86_400;
      expect((await store.takeDispatch(10, 60, stateVersion)).map(({ promotionId }) => promotionId)).toEqual([id]);
      expect((await claim(store)).map((record) => record.id)).toEqual([id]);
      expect((await store.takeOutbox(10, 60)).map(({ eventId }) => eventId)).toEqual(['e-1']);
      expect(await store.takeOutbox(10, 60)).toEqual([]);
    } finally {
      await connection.close();
    }
  });
});

describe('a run that died before it took its promotion up', () => {
  it('is told as soon as it should have begun, with until when it is waited for, and is then replaced', async () => {
    const url = await server.createDatabase();
    const { store, close } = await connectStore({ url });
    const pool = new Pool({ connectionString: url });
    const dispatcher = new Dispatcher(store, { start: () => Promise.resolve() }, stateVersion);
    const pass = (seconds: number) =>
      pool.query('update dispatch set handed_at = handed_at - make_interval(secs => $1)', [seconds]);
    try {
      const id = await requestPromotion(store);
      expect(await load(store, id)).not.toHaveProperty('goneRun');
      expect(await dispatcher.dispatchDue()).toBe(1);
      // It may still be starting.
      expect(await load(store, id)).not.toHaveProperty('goneRun');
      await pass(10);
      const { goneRun } = await load(store, id);
      expect(goneRun).toMatchObject({ hasBegun: false, takeOverAt: expect.any(Date) as Date });
      expect(goneRun?.silentSeconds).toBeGreaterThanOrEqual(10);
      expect(goneRun?.takeOverInSeconds).toBeLessThanOrEqual(defaultLeaseSeconds - 10);
      expect(await dispatcher.dispatchDue()).toBe(0);
      // As long as a run that died in the middle is waited for.
      await pass(defaultLeaseSeconds - 10);
      expect(await dispatcher.dispatchDue()).toBe(1);
      await claimOne(store, id);
      expect(await load(store, id)).not.toHaveProperty('goneRun');
    } finally {
      await pool.end();
      await close();
    }
  });
});
