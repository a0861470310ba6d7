import { jest } from '@jest/globals';
import { holdTrial } from '../instances/trial.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';

jest.setTimeout(180_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** A small part of `npm run test:instances`, by the same seed each time. */
describe('three servers on one database, each killed at random moments', () => {
  it('lose nothing that was acknowledged, do nothing twice, and their streams miss and double nothing', async () => {
    const result = await holdTrial(await server.createDatabase(), { seed: 4, stormSeconds: 15 });
    expect(result.findings).toEqual([]);
    expect(result.commands).toBeGreaterThan(50);
    expect(result.seen.count).toBe(60);
  });
});
