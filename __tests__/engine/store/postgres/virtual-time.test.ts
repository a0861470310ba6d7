import { Client } from 'pg';
import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import { VirtualTime } from '../../../../engine/store/postgres/virtual-time.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { requestPromotion } from '../contract/store-fixture.ts';

let server: ScratchPostgres;
let time: VirtualTime;
let connection: StoreConnection;
let url: string;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  time = await VirtualTime.install(url, start);
  connection = await connectStore({ url, maximumConnections: 4 });
});
afterEach(async () => {
  await connection.close();
  await time.close();
});

const start = new Date('2031-03-30T00:59:59.000Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const claim = () =>
  connection.store.claim({
    owner: 'test',
    limit: 5,
    leaseSeconds: 60,
    stateVersion: 1,
    promotionId: undefined,
    now: undefined,
  });

/** A statement in a session that keeps the clock of the database. */
async function admin(statement: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("set timezone to 'UTC'");
    return await client.query<{ at: string }>(statement);
  } finally {
    await client.end();
  }
}

describe('the clock of a simulation’s database', () => {
  it('decides what is due, how long a lease lasts, and when something was made', async () => {
    const id = await requestPromotion(connection.store, { dueAt: later(10) });
    expect(await claim()).toEqual([]);
    expect(await time.advance(later(60))).toEqual({ at: later(10), isDue: true });
    expect((await claim()).map(({ promotion }) => promotion.id)).toEqual([id]);
    await time.set(later(69));
    expect(await claim()).toEqual([]);
    await time.set(later(71));
    expect((await claim()).map(({ promotion }) => promotion.id)).toEqual([id]);
    const [release] = await connection.store.listReleases('shop');
    expect(release?.createdAt).toEqual(start);
  });

  it('goes no further than it is told, and not past what is due', async () => {
    await requestPromotion(connection.store, { dueAt: later(10) });
    expect(await time.advance(later(3))).toEqual({ at: later(3), isDue: false });
    expect(await time.advance(later(20))).toEqual({ at: later(10), isDue: true });
    expect(await time.advance(later(20))).toEqual({ at: later(10), isDue: true });
  });

  it('does not stop where a promotion would only look whether its turn has come', async () => {
    const id = await requestPromotion(connection.store, { dueAt: later(10) });
    await admin(`update promotion set parked = '{"reason": "slot"}' where id = '${id}'`);
    expect(await time.advance(later(9))).toEqual({ at: later(9), isDue: false });
    expect(await time.advance(later(20))).toEqual({ at: later(20), isDue: true });
  });

  it('stands at a whole millisecond, at which what is due is due', async () => {
    await requestPromotion(connection.store, { dueAt: later(10) });
    await admin(`update dispatch set due_at = due_at + interval '1 microsecond'`);
    expect(await time.advance(later(20))).toEqual({ at: later(10.001), isDue: true });
    expect(await claim()).toHaveLength(1);
  });

  it('tells what comes later at a moment from what came before, which looking at the clock does not undo', async () => {
    await requestPromotion(connection.store, { dueAt: start });
    const tick = async () => (await admin('select clock_timestamp()::text as at')).rows[0]?.at;
    const before = await tick();
    await time.advance(later(20));
    expect([before, await tick()]).toEqual(['2031-03-30 00:59:59.000001+00', '2031-03-30 00:59:59.000002+00']);
  });

  it('leaves nothing of one simulation to the next', async () => {
    await requestPromotion(connection.store, { dueAt: start });
    await time.clear();
    await time.set(later(3600));
    expect(await claim()).toEqual([]);
    expect(await connection.store.listReleases('shop')).toEqual([]);
    await requestPromotion(connection.store, { dueAt: start });
    expect(await claim()).toHaveLength(1);
  });
});
