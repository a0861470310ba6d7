import { jest } from '@jest/globals';
import { Pool } from 'pg';
import { connectStore, type StoreConnection } from '../../../../engine/store/postgres/connect.ts';
import type { AnswerClaim } from '../../../../engine/store/answer-store.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';

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

const key = { person: 'ana@shop.example', key: 'k-1' };
const claim = (request = 'one', of = key): Promise<AnswerClaim> => connection.store.answers.claim(of, request);
/** @throws when it is not there to be claimed. */
async function claimed(): Promise<string> {
  const found = await claim();
  if (found.kind !== 'claimed') throw new Error(`it is ${found.kind}`);
  return found.claim;
}
/** As if every claim had been made, or renewed, so much earlier. */
const agesBy = (time: string) => pool.query('update command_answer set claimed_at = claimed_at - $1::interval', [time]);

describe('a claim on an idempotency key', () => {
  it('keeps others out while it is renewed, however long that takes', async () => {
    const own = await claimed();
    for (let time = 0; time < 3; time += 1) {
      await agesBy('14 seconds');
      await connection.store.answers.renew(key, own);
      expect(await claim()).toEqual({ kind: 'under-way' });
    }
  });

  it('goes to one of those who ask for it when nobody has renewed it for a while', async () => {
    const gone = await claimed();
    await agesBy('16 seconds');
    const kinds = (await Promise.all([claim(), claim(), claim()])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['claimed', 'under-way', 'under-way']);
    // Whoever had it comes back: it neither holds the key any longer nor answers under it.
    await agesBy('16 seconds');
    await connection.store.answers.renew(key, gone);
    const own = await claimed();
    await connection.store.answers.keep(key, gone, 'too late');
    await connection.store.answers.forget(key, gone);
    expect(await claim()).toEqual({ kind: 'under-way' });
    await connection.store.answers.keep(key, own, 'done');
    expect(await claim()).toEqual({ kind: 'answered', answer: 'done' });
  });

  it('is not given to another request, nor is its answer, however old it is', async () => {
    const own = await claimed();
    await agesBy('1 hour');
    expect(await claim('another')).toEqual({ kind: 'other-request' });
    await connection.store.answers.keep(key, own, 'done');
    expect(await claim('another')).toEqual({ kind: 'other-request' });
  });

  it('is over when its answer is kept: an answer is not renewed, and is gone a day after it was claimed', async () => {
    const own = await claimed();
    await connection.store.answers.keep(key, own, 'done');
    await agesBy('23 hours');
    await connection.store.answers.renew(key, own);
    expect(await claim()).toEqual({ kind: 'answered', answer: 'done' });
    await agesBy('2 hours');
    expect((await claim()).kind).toBe('claimed');
  });

  it('is of one person: the same key of another is another', async () => {
    await claimed();
    expect((await claim('two', { person: 'ben@shop.example', key: 'k-1' })).kind).toBe('claimed');
  });

  it('is free again when the request was refused', async () => {
    await connection.store.answers.forget(key, await claimed());
    expect((await claim('another')).kind).toBe('claimed');
  });
});
