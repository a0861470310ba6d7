import { jest } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyConfiguration, openConfiguration } from '../../../cli/compose/local-configuration.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { LocalSecrets } from '../../../cli/compose/local-secrets.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { startHttpGitServer, type HttpGitServer } from '../../engine/configuration/http-git-server.ts';
import { scratchGit, type ScratchGit } from '../../engine/configuration/scratch-git.ts';
import { rulesOf, rulesText } from '../../engine/service/service-fixture.ts';

// Real git processes; on a busy machine they take their time.
jest.setTimeout(120_000);

const token = 'canary-token-7f3a';
const { signal } = new AbortController();
const effect = { key: 'pr-1:promote-configuration', fence: 1, signal };
const noRules = () => Promise.resolve(undefined);

let home: string;
let scratch: ScratchGit;
let server: HttpGitServer;
let base: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'configuration-'));
  scratch = await scratchGit();
  scratch.git('config', 'http.receivepack', 'true');
  base = scratch.commit('main', { 'staging/values.yaml': 'release: v1\n' });
  server = await startHttpGitServer(scratch.folder, 'x-access-token', token);
});
afterEach(async () => {
  await server.stop();
  await scratch.remove();
  await rm(home, { recursive: true });
});

const folders = () => new LocalFolders(home);
const address = () => `${server.origin}/remote.git`;
const commit = (rules: () => Promise<Rules | undefined> = noRules) =>
  openConfiguration(folders(), address(), rules).propose(
    'main',
    {
      change: 'pr-1',
      base,
      files: [{ path: 'staging/values.yaml', content: 'release: v2\n' }],
      message: 'Promote shop v2 to staging\n',
      author: { name: 'A', email: 'a@shop.example', at: new Date(0) },
    },
    effect,
  );

/** Everything that is written below a folder, as one text; the secret itself is kept in one place only. */
async function everythingWritten(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.filter((file) => !file.endsWith('secrets/GITOPS_TOKEN')).map((file) => readFile(file, 'latin1')),
  );
  return texts.join('\n');
}

describe('a configuration repository behind a token', () => {
  it('is reached with GITOPS_TOKEN, which is written down nowhere but where it is kept', async () => {
    await new LocalSecrets(folders(), {}).keep('GITOPS_TOKEN', token);
    const proposed = await commit();
    expect(scratch.git('show', `${proposed}:staging/values.yaml`)).toBe('release: v2');
    const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
    expect(server.authorizations).toContain(`Basic ${encoded}`);
    const written = await everythingWritten(home);
    for (const form of [token, encoded]) expect(written).not.toContain(form);
    expect((await stat(folders().in('secrets', 'GITOPS_TOKEN'))).mode & 0o077).toBe(0);
  });

  it('refuses without one, in words that hold none', async () => {
    await new LocalSecrets(folders(), {}).keep('GITOPS_TOKEN', 'another-canary');
    const refused = await commit().catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'GitError', failure: 'authentication' });
    expect(`${String(refused)} ${JSON.stringify(refused)}`).not.toContain('canary');
  });

  it('is reached with the secret that the rules name for it', async () => {
    const text = rulesText().replaceAll(
      'configuration: { repository: configuration }',
      `configuration: { repository: '${server.origin}/<app>.git', tokenSecret: SHOP_TOKEN }`,
    );
    const rules = () => Promise.resolve(rulesOf(text.replaceAll('<app>.git', 'remote.git')));
    await new LocalSecrets(folders(), {}).keep('GITOPS_TOKEN', 'not-this-one');
    await expect(commit(rules)).rejects.toThrow('the secret SHOP_TOKEN is neither an environment variable nor in');
    await new LocalSecrets(folders(), {}).keep('SHOP_TOKEN', token);
    expect(await commit(rules)).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('values by commit', () => {
  it('are found wherever a promotion of this machine took them from, also when that is gone', async () => {
    const elsewhere = openConfiguration(folders(), scratch.remote, noRules);
    await elsewhere.read(base, 'staging/values.yaml', signal);
    await rm(scratch.remote, { recursive: true });
    const all = everyConfiguration(folders());
    expect(await all.read(base, 'staging/values.yaml', signal)).toBe('release: v1\n');
    expect(await all.read(base, 'production/values.yaml', signal)).toBeUndefined();
  });

  it('that nobody has are an error, and make no repository', async () => {
    const all = everyConfiguration(folders());
    await expect(all.read('a'.repeat(40), 'values.yaml', signal)).rejects.toThrow('no repository of this machine');
    expect(await readdir(home)).toEqual([]);
  });
});
