import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import pg from 'pg';
import { KeptDatabase } from '../../../cli/compose/kept-database.ts';
import { ensureEmbeddedPostgres, stopEmbeddedPostgres } from '../../../engine/store/embedded/embedded-postgres.ts';

jest.setTimeout(180_000);

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

describe('the database that local mode keeps running', () => {
  it('is started again where it was after it was killed, which the log says', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'kept-database-'));
    try {
      const { url, pid } = await ensureEmbeddedPostgres({ directory });
      const lines: string[] = [];
      const kept = new KeptDatabase({
        ensure: () => ensureEmbeddedPostgres({ directory }),
        url,
        log: (line) => lines.push(line),
      });
      process.kill(pid, 'SIGKILL');
      await untilRefused(url);
      expect(await kept.mend(refused)).toBe(true);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.end();
      expect(lines).toEqual([
        `Postgres had ended; it was started again at ${new URL(url).host}, and what was on its way goes on`,
      ]);
    } finally {
      await stopEmbeddedPostgres({ directory });
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('is left alone when an error says nothing of it, and tried again only after a pause', async () => {
    const lines: string[] = [];
    let [tries, now] = [0, 0];
    const kept = new KeptDatabase(
      {
        ensure: () => {
          tries += 1;
          return Promise.reject(new Error('the disk is full'));
        },
        url: 'postgres://127.0.0.1:5432/',
        log: (line) => lines.push(line),
      },
      () => now,
    );
    expect(await kept.mend(new Error('syntax error'))).toBe(false);
    expect(await kept.mend(refused)).toBe(true);
    expect(await kept.mend(new AggregateError([refused]))).toBe(true);
    expect(tries).toBe(1);
    now = 5000;
    await kept.mend(refused);
    expect(tries).toBe(2);
    expect(lines).toEqual(['Postgres has ended and cannot be started again: the disk is full; the next try follows']);
  });
});

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
    } catch {
      return;
    }
  }
}
