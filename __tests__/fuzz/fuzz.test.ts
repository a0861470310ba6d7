import { jest } from '@jest/globals';
import { Client } from 'pg';
import { ServiceDesk } from '../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { FuzzTest } from './fuzz-test.ts';

jest.setTimeout(300_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** A small part of `npm run test:fuzz`, the same each time. */
describe('whatever is typed, written in a file or asked of the service', () => {
  it('never crashes, hangs, shows a stack trace or writes when it is refused', async () => {
    const url = await server.createDatabase();
    const desk = await ServiceDesk.open(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const result = await new FuzzTest(desk, client, 7).run({ inputs: 400 });
      expect(result.findings).toEqual([]);
      expect(result.refused).toBeGreaterThan(100);
    } finally {
      await client.end();
      await desk.close();
    }
  });
});
