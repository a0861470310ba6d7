import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, ServiceDesk } from './service-fixture.ts';

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

const moves = async () => (await desk.store.administrationEvents()).filter(({ type }) => type === 'clock-moved');

describe('moving the clock of an installation', () => {
  it('is in the audit trail, with who, from where, by how much and why', async () => {
    await desk.service.recordClockMove(admin, { fromSeconds: 60, bySeconds: 86_400, reason: ' the soak of v2\0' });
    await desk.service.recordClockMove(admin, { fromSeconds: 86_460, bySeconds: 1 });
    expect((await moves()).map(({ at, actor, data }) => [at, actor.id, data])).toEqual([
      [desk.clock.now(), admin.id, { fromSeconds: 60, bySeconds: 86_400, reason: 'the soak of v2\ufffd' }],
      [desk.clock.now(), admin.id, { fromSeconds: 86_460, bySeconds: 1, reason: null }],
    ]);
  });

  it('is for admins, and goes forward only', async () => {
    await expect(desk.service.recordClockMove(operator, { fromSeconds: 0, bySeconds: 1 })).rejects.toThrow(
      NotAuthorizedError,
    );
    for (const bySeconds of [0, -1, Number.NaN])
      await expect(desk.service.recordClockMove(admin, { fromSeconds: 0, bySeconds })).rejects.toThrow(RefusedError);
    expect(await moves()).toEqual([]);
  });
});
