import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { LocalSecrets } from '../../../cli/compose/local-secrets.ts';
import { MissingSecretError } from '../../../engine/secrets/secret-source.ts';

const { signal } = new AbortController();
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterEach(() => rm(home, { recursive: true }));
const secrets = (environment: Readonly<Record<string, string>> = {}) =>
  new LocalSecrets(new LocalFolders(home), environment);

describe('secrets of one machine', () => {
  it('are environment variables, else files that only their owner may read', async () => {
    await secrets().keep('jwt-dev', 'from the file');
    expect(await secrets().read('jwt-dev', signal)).toBe('from the file');
    await secrets().keep('GITOPS_TOKEN', 'old');
    expect(await secrets({ GITOPS_TOKEN: 'new' }).read('GITOPS_TOKEN', signal)).toBe('new');
    const folder = join(home, 'secrets');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'jwt-dev'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).toSorted()).toEqual(['GITOPS_TOKEN', 'jwt-dev']);
  });

  it('that are nowhere are missing, with where they belong', async () => {
    await expect(secrets().read('jwt-dev', signal)).rejects.toThrow(MissingSecretError);
    await expect(secrets().read('jwt-dev', signal)).rejects.toThrow(join(home, 'secrets', 'jwt-dev'));
  });

  it('are never looked for outside of their folder, nor the one that is the engine’s own', async () => {
    await secrets().keep('caller-token', 'hunter2');
    for (const name of ['../local.json', 'databases/shop-dev', '/etc/passwd', 'caller-token', '.', '..']) {
      await expect(secrets().read(name, signal)).rejects.toThrow(MissingSecretError);
    }
    await expect(secrets().keep('../x', 'y')).rejects.toThrow('no name of a secret');
    await expect(secrets({ DATABASE_URL: 'postgres://u:p@h/d' }).read('DATABASE_URL', signal)).rejects.toThrow(
      MissingSecretError,
    );
  });
});
