import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { freePort } from '../../support/free-port.ts';

jest.setTimeout(60_000);

const repository = path.resolve(import.meta.dirname, '../../..');

describe('the functions framework', () => {
  it('loads the entry by its target’s name, as Cloud Functions does', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'framework-'));
    const tokenFile = path.join(folder, 'token');
    await writeFile(tokenFile, 'the-token');
    const port = await freePort();
    const command = path.join(repository, 'node_modules/.bin/functions-framework');
    const child = spawn(process.execPath, [command, '--source=functions/db-migration', '--target=dbMigration'], {
      cwd: repository,
      env: { PATH: process.env['PATH'] ?? '', PORT: String(port), PROMOTION_CALLER_TOKEN_FILE: tokenFile },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const url = `http://127.0.0.1:${port}/schema`;
      let response: Response | undefined;
      while (response === undefined) response = await fetch(url, { method: 'POST' }).catch(() => undefined);
      expect(response.status).toBe(401);
      const headers = { authorization: 'Bearer the-token', 'content-type': 'application/json' };
      const malformed = await fetch(url, { method: 'POST', headers, body: '{"data' });
      expect(malformed.status).toBe(400);
      expect(await malformed.text()).not.toContain(' at ');
      const unconfigured = await fetch(url, { method: 'POST', headers, body: '{"database":"x"}' });
      expect(await unconfigured.json()).toMatchObject({
        status: 503,
        code: 'not-configured',
        detail: expect.stringContaining('DATABASE_SECRETS_DIR') as unknown,
      });
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    }
  });
});
