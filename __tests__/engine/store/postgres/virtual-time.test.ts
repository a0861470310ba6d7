import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import { VirtualTime } from '../../../../engine/store/postgres/virtual-time.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { requestPromotion } from '../contract/store-fixture.ts';

let server: ScratchPostgres;
let time: VirtualTime;
let connection: StoreConnection;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  const url = await server.createDatabase();
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

describe('the clock of a simulation’s database', () => {
  it('decides what is due, how long a lease lasts, and when something was made', async () => {
    const id = await requestPromotion(connection.store, { dueAt: later(10) });
    expect(await claim()).toEqual([]);
    expect(await time.nextDue()).toEqual(later(10));
    await time.set(later(10));
    expect((await claim()).map(({ promotion }) => promotion.id)).toEqual([id]);
    await time.set(later(69));
    expect(await claim()).toEqual([]);
    await time.set(later(71));
    expect((await claim()).map(({ promotion }) => promotion.id)).toEqual([id]);
    const [release] = await connection.store.listReleases('shop');
    expect(release?.createdAt).toEqual(start);
  });

  it('is refused by a database that has the engine’s schema already', async () => {
    await expect(VirtualTime.install(await server.createStoreDatabase(), start)).rejects.toThrow('is not empty');
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
