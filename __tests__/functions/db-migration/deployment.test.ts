import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { functionVariables } from '../../../engine/contract/runtime-variables.ts';
import { PlatformAuthentication, TokenAuthentication } from '../../../functions/db-migration/caller-authentication.ts';
import { SecretFolderConnections } from '../../../functions/db-migration/connections.ts';
import { readSettings } from '../../../functions/db-migration/settings.ts';

describe('who may call the function', () => {
  it('is whoever has the token, unless IAM stands before it', async () => {
    expect(readSettings({}).callerAuthentication).toBe('token');
    await expect(new TokenAuthentication(undefined).verify('Bearer x')).rejects.toMatchObject({
      code: 'not-configured',
    });
    const onCloudRun = { [functionVariables.callerAuthentication]: 'platform', K_SERVICE: 'promotion-migration' };
    expect(readSettings(onCloudRun).callerAuthentication).toBe('platform');
    await expect(new PlatformAuthentication().verify()).resolves.toBeUndefined();
  });

  it('is not left to a platform that is not there', () => {
    expect(() => readSettings({ CALLER_AUTHENTICATION: 'platform' })).toThrow(/PROMOTION_CALLER_TOKEN_FILE/);
    expect(() => readSettings({ CALLER_AUTHENTICATION: 'nobody' })).toThrow(/CALLER_AUTHENTICATION/);
  });
});

describe('connections', () => {
  it('are read from a file of the database’s name, and from a folder of that name, as Cloud Functions mounts secrets', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
    try {
      const url = 'postgres://app:hunter2@127.0.0.1:1/shop';
      await writeFile(path.join(folder, 'as-file'), url);
      await mkdir(path.join(folder, 'as-folder'));
      await writeFile(path.join(folder, 'as-folder/url'), url);
      await mkdir(path.join(folder, 'empty'));
      const connections = new SecretFolderConnections(folder);
      for (const name of ['as-file', 'as-folder']) {
        await expect(connections.connect(name)).rejects.toMatchObject({ code: 'connection-failed' });
      }
      await expect(connections.connect('empty')).rejects.toMatchObject({ code: 'unknown-database' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
