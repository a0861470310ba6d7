import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { describeStore } from '../promotion-store-contract.ts';

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
}, 60_000);
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
