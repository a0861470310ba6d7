import { jest } from '@jest/globals';
import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
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
  const url = await server.createDatabase();
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
