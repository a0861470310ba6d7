import { jest } from '@jest/globals';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { yearRules, yearScenario } from '../../../bench/rules/year.ts';
import { openSimulationDatabase, runText } from './scenario-runner.ts';

// Bounds a test that hangs, on a machine that has much else to do.
jest.setTimeout(600_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

describe('a simulated year', () => {
  it('keeps every freeze and both changes of the clocks in four zones, with a promotion every week', async () => {
    const database = await openSimulationDatabase(await server.createDatabase());
    try {
      const [result] = await runText(database, yearRules, yearScenario());
      expect(result?.failures).toEqual([]);
      const promotions = await database.store.listPromotions({ limit: 100 });
      expect(promotions).toHaveLength(50);
      expect((result?.to.getTime() ?? 0) - (result?.from.getTime() ?? 0)).toBeGreaterThan(360 * 86_400_000);
    } finally {
      await database.close();
    }
  });
});
