import { jest } from '@jest/globals';
import { rulesText } from '../engine/service/service-fixture.ts';
import { RunningDesk } from '../engine/service/running-desk.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { ApiFuzz } from './api-fuzz.ts';

jest.setTimeout(300_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** A small part of `npm run test:fuzz:api`, the same each time. */
describe('whatever is asked of the API', () => {
  it('is answered as documented, and never with a failure', async () => {
    const running = await RunningDesk.open(await server.createStoreDatabase(), rulesText());
    try {
      await running.release('v5');
      const result = await new ApiFuzz(running, 7).run(400);
      expect(result.findings).toEqual([]);
      expect(result.carriedOut).toBeGreaterThan(15);
    } finally {
      await running.close();
    }
  });
});
