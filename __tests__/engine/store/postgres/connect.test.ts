import pg from 'pg';
import { connectStore } from '../../../../engine/store/postgres/connect.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';

let server: ScratchPostgres;
let watcher: pg.Client;
beforeAll(async () => {
  server = await startScratchPostgres();
  watcher = new pg.Client({ connectionString: server.url('postgres') });
  await watcher.connect();
});
afterAll(async () => {
  await watcher.end();
  await server.stop();
});

/** How many are in a database, when those who have gone had time to be gone. */
async function countUsers(url: string): Promise<number> {
  const database = new URL(url).pathname.slice(1);
  for (let attempt = 1; ; attempt += 1) {
    const { rowCount } = await watcher.query('SELECT 1 FROM pg_stat_activity WHERE datname = $1', [database]);
    if (rowCount === 0 || attempt === 100) return rowCount ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a store that is closed', () => {
  it('leaves no connection behind, also when nothing was asked of it', async () => {
    const url = await server.createDatabase();
    const { close } = await connectStore({ url });
    await close();
    expect(await countUsers(url)).toBe(0);
  });

  it('leaves no connection behind when it was used', async () => {
    const url = await server.createStoreDatabase();
    const { store, close } = await connectStore({ url });
    await store.allRoleBindings();
    await close();
    expect(await countUsers(url)).toBe(0);
  });
});
