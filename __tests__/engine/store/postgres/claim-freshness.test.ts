import { jest } from '@jest/globals';
import { Pool } from 'pg';
import { connectStore } from '../../../../engine/store/postgres/connect.ts';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { apply, claim, claimOne, load, requestPromotion } from '../contract/store-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** Holds up whoever claims the promotion called `slow`, between two rows of one statement, while this lock is held. */
const gate = 4711;
const holdUpClaims = `
  create function hold_up() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${String(gate)});
    return new;
  end $$;
  create trigger hold_up before update of lease_owner on promotion
    for each row when (new.lease_owner = 'slow' and new.to_environment = 'first') execute function hold_up()`;

it('a claim that took long gives a promotion with the steps that another run left meanwhile', async () => {
  const url = await server.createStoreDatabase();
  const pool = new Pool({ connectionString: url, max: 2 });
  // Rows are then taken one after the other, as in a large table, and not all of them before the first is written.
  for (const setting of ['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) {
    await pool.query(`alter database ${new URL(url).pathname.slice(1)} set ${setting} to off`);
  }
  const connection = await connectStore({ url });
  const { store } = connection;
  const holder = await pool.connect();
  try {
    await requestPromotion(store, { environment: 'first', dueAt: new Date(Date.now() - 60_000) });
    const id = await requestPromotion(store, { environment: 'second' });
    await pool.query(holdUpClaims);
    await holder.query('select pg_advisory_lock($1)', [gate]);

    const claiming = claim(store, { owner: 'slow', limit: 2 });
    await isHeldUp(pool);
    const other = await claimOne(store, id);
    await apply(store, other, (draft) => {
      draft.startStep('look', engineActor);
      draft.finishStep('look', engineActor, 'looked', {}, {});
      draft.park({ reason: 'bake', detail: 'watched', until: new Date() }, engineActor);
    });
    await holder.query('select pg_advisory_unlock($1)', [gate]);

    const claimed = (await claiming).find((record) => record.id === id);
    expect(claimed?.steps.map(({ name, status }) => [name, status])).toEqual([
      ['look', 'done'],
      ['back-up', 'pending'],
      ['deploy', 'pending'],
    ]);
    expect(claimed).toEqual(await load(store, id));
  } finally {
    holder.release(true);
    await pool.end();
    await connection.close();
  }
});

async function isHeldUp(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      `select from pg_locks where locktype = 'advisory' and objid = $1 and not granted
         and database = (select oid from pg_database where datname = current_database())`,
      [gate],
    );
    if (rowCount === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
