import { setTimeout as delay } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { schemaResponseSchema } from '../../../../engine/contract/database-function-api.ts';
import { DatabaseFunctionBench } from '../../../support/database-function-process.ts';
import type { FunctionProcess } from '../../../support/database-function-process.ts';
import { RICH_DATABASE } from '../../../support/rich-database.ts';

// Real processes on a shared machine: the limit only ends what hangs.
jest.setTimeout(120_000);

let bench: DatabaseFunctionBench;
let running: FunctionProcess;

beforeAll(async () => {
  bench = await DatabaseFunctionBench.start();
  running = await bench.startFunction();
});
afterAll(() => bench.stop());

const signal = new AbortController().signal;

async function ask(database: string): Promise<Response> {
  return await fetch(`${running.url}/schema`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bench.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ database }),
  });
}

describe('the schema of a database', () => {
  it('is SQL that makes the same schema elsewhere, with the same hash', async () => {
    const original = await bench.createDatabase();
    await (await bench.connect(original)).query(RICH_DATABASE);
    const { sql, hash } = schemaResponseSchema.parse(await (await ask(original)).json());
    const copy = await bench.createDatabase();
    await (await bench.connect(copy)).query(sql);
    expect(schemaResponseSchema.parse(await (await ask(copy)).json())).toEqual({ sql, hash });
    expect((await running.api.state(copy, signal)).schemaHash).toBe(hash);
  });

  it('does not hold what this function keeps for itself', async () => {
    const database = await bench.createDatabase();
    const before = schemaResponseSchema.parse(await (await ask(database)).json());
    await running.api.fence(database, { key: 'k', fence: 1, signal });
    expect(schemaResponseSchema.parse(await (await ask(database)).json())).toEqual(before);
    expect(before.sql).not.toContain('promotion_control');
  });

  it('does not keep other calls waiting while it is being read', async () => {
    const [slow, other] = [await bench.createDatabase(), await bench.createDatabase()];
    const rival = await bench.connect(slow);
    await rival.query('CREATE TABLE t (id int)');
    await rival.query('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    const order: string[] = [];
    const waiting = ask(slow).then(({ status }) => order.push(`slow ${status}`));
    order.push(`other ${(await ask(other)).status}`);
    await rival.query('COMMIT');
    await waiting;
    expect(order).toEqual(['other 200', 'slow 200']);
  });

  it('is reported lost, not hung, when the server ends the connection in the middle', async () => {
    const database = await bench.createDatabase();
    const rival = await bench.connect(database);
    await rival.query('CREATE TABLE t (id int)');
    await rival.query('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    const waiting = ask(database);
    // A transaction sees one state of pg_stat_activity, so the looking is done from outside it.
    const observer = await bench.connect(database);
    let ended = 0;
    while (ended === 0) {
      await delay(20);
      const { rows } = await observer.query<{ ended: string }>(
        `SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`,
      );
      ended = Number(rows[0]?.ended);
    }
    const answer = await waiting;
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({ code: 'connection-lost' });
    await rival.query('ROLLBACK');
  });
});
