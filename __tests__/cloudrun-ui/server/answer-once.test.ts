import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Hono } from 'hono';
import { Pool } from 'pg';
import { answerOnce } from '../../../cloudrun-ui/server/endpoint/answer-once.ts';
import type { ServerEnvironment } from '../../../cloudrun-ui/server/endpoint/serve-endpoint.ts';
import { ProblemError } from '../../../cloudrun-ui/server/problems/problem.ts';
import { connectStore, type StoreConnection } from '../../../engine/store/postgres/connect.ts';
import { promoter } from '../../engine/service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let connection: StoreConnection;
let pool: Pool;
beforeAll(async () => {
  server = await startScratchPostgres();
  const url = await server.createDatabase();
  connection = await connectStore({ url });
  pool = new Pool({ connectionString: url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await connection.close();
  await server.stop();
});
beforeEach(async () => {
  await pool.query('delete from command_answer');
});

const renewedEveryMs = 50;

/** Sends a command as the server does. @returns its answer, or the kind of the problem that refuses it. */
async function send(carryOut: () => Promise<string>): Promise<string> {
  const application = new Hono<ServerEnvironment>();
  application.post('/promotions', async (context) => {
    const { signal } = context.req.raw;
    const asked = { actor: promoter, params: {}, query: {}, body: { release: 'v2' }, idempotencyKey: 'k-1', signal };
    return context.text(await answerOnce(connection.store.answers, context, asked, carryOut, renewedEveryMs));
  });
  application.onError((error, context) => {
    if (!(error instanceof ProblemError)) throw error;
    return context.text(error.kind);
  });
  return (await application.request('/promotions', { method: 'POST' })).text();
}

const notAgain = (): Promise<string> => Promise.reject(new Error('it is carried out twice'));
const abandon = () => pool.query("update command_answer set claimed_at = claimed_at - interval '16 seconds'");
/** How long ago the claim was made or renewed. */
async function claimAgeMs(): Promise<number> {
  const { rows } = await pool.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp() - claimed_at)::float8 * 1000 as ms from command_answer',
  );
  return rows[0]?.ms ?? Number.POSITIVE_INFINITY;
}
/** @throws when it does not come to that soon. */
async function untilRenewed(): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until;) {
    if ((await claimAgeMs()) < 5000) return;
    await pause(10);
  }
  throw new Error('nobody renews the claim');
}

describe('a command under an idempotency key', () => {
  it('is renewed while it is carried out, so that nobody carries it out beside', async () => {
    const carrying = Promise.withResolvers<string>();
    const first = send(() => carrying.promise);
    while ((await claimAgeMs()) === Number.POSITIVE_INFINITY) await pause(10);
    for (let time = 0; time < 3; time += 1) {
      await abandon();
      await untilRenewed();
      expect(await send(notAgain)).toBe('key-in-use');
    }
    carrying.resolve('done');
    expect(await first).toBe('done');
    expect(await send(notAgain)).toBe('done');
  });

  it('is renewed no longer when it was answered', async () => {
    expect(await send(() => Promise.resolve('done'))).toBe('done');
    await abandon();
    await pause(renewedEveryMs * 4);
    expect(await claimAgeMs()).toBeGreaterThan(15_000);
  });

  it('is carried out by whoever asks next where whoever carried it out is gone, or refused it', async () => {
    await connection.store.answers.claim({ person: promoter.id, key: 'k-1' }, 'of a process that was killed');
    await abandon();
    // Another request than that one: what the killed process was asked is not known to be this.
    expect(await send(notAgain)).toBe('key-reused');
    await pool.query('delete from command_answer');
    expect(await send(() => Promise.reject(new ProblemError('refused', 'not now')))).toBe('refused');
    expect(await send(() => Promise.resolve('done'))).toBe('done');
  });

  it('goes on although its claim cannot be renewed', async () => {
    const renew = jest.spyOn(connection.store.answers, 'renew').mockRejectedValue(new Error('the database is away'));
    const answer = await send(() => pause(renewedEveryMs * 4, 'done'));
    expect([answer, renew.mock.calls.length > 0]).toEqual(['done', true]);
    renew.mockRestore();
  });
});
