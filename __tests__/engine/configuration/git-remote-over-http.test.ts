import { jest } from '@jest/globals';
import { chmod, writeFile } from 'node:fs/promises';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { GitRemoteOptions } from '../../../engine/configuration/git-remote.ts';
import { startHttpGitServer, type HttpGitServer } from './http-git-server.ts';
import { scratchGit, type ScratchGit } from './scratch-git.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const CANARY = 'canary@to/ken:7f3a';
const never = new AbortController().signal;
const effect = { key: 'pr-1:promote-configuration', fence: 1, signal: never };

let scratch: ScratchGit;
let server: HttpGitServer;
let base: string;

beforeEach(async () => {
  scratch = await scratchGit();
  scratch.git('config', 'http.receivepack', 'true');
  base = scratch.commit('main', { 'values.yaml': 'release: v1\n' });
  server = await startHttpGitServer(scratch.folder, 'x-access-token', CANARY);
});
afterEach(async () => {
  await server.stop();
  await scratch.remove();
});

const repository = (remote: GitRemoteOptions): GitConfigurationRepository =>
  new GitConfigurationRepository({ remote, cacheFolder: scratch.fresh('cache') });

const withCredentials = (user: string, password: string, name = 'remote.git'): string => {
  const url = new URL(`${server.origin}/${name}`);
  url.username = user;
  url.password = encodeURIComponent(password);
  return url.href;
};

async function textOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (reason: unknown) => reason,
  );
  return JSON.stringify([String(error), error, error instanceof Error ? error.stack : '']);
}

function expectNoCanary(text: string): void {
  for (const form of [CANARY, encodeURIComponent(CANARY), Buffer.from(`x-access-token:${CANARY}`).toString('base64')]) {
    expect(text).not.toContain(form);
  }
  expect(text).not.toContain('canary');
}

describe('a remote over HTTP', () => {
  it.each([
    ['in its URL', (): GitRemoteOptions => ({ address: withCredentials('x-access-token', CANARY) })],
    [
      'from a provider',
      (): GitRemoteOptions => ({
        address: `${server.origin}/remote.git`,
        credentials: () => Promise.resolve({ user: 'x-access-token', password: CANARY }),
      }),
    ],
  ])('is read, fenced and written with a token %s', async (_, remote) => {
    const git = repository(remote());
    expect(await git.head('main', never)).toBe(base);
    const commit = await git.propose(
      'main',
      {
        change: 'pr-1',
        base,
        files: [{ path: 'values.yaml', content: 'release: v2\n' }],
        message: 'Promote\n',
        author: { name: 'Ana', email: 'ana@shop.example', at: new Date(0) },
      },
      effect,
    );
    await git.advance('main', base, commit, effect);
    expect(scratch.git('rev-parse', 'refs/heads/main')).toBe(commit);
    const stale = await textOf(git.fence('main', { ...effect, fence: 0 }));
    expect(stale).toContain('StaleFenceError');
    expectNoCanary(stale);
  });

  it('is told apart when it refuses the token, and the token is not in the error', async () => {
    const git = repository({ address: withCredentials('x-access-token', `${CANARY}-wrong`) });
    const text = await textOf(git.head('main', never));
    expect(text).toContain('"failure":"authentication"');
    expect(server.authorizations.length).toBeGreaterThan(0);
    expectNoCanary(text);
  });

  it('is told apart when it has no such repository, and the token is not in the error', async () => {
    const text = await textOf(
      repository({ address: withCredentials('x-access-token', CANARY, 'none.git') }).head('main', never),
    );
    expect(text).toContain('"failure":"repository-not-found"');
    expectNoCanary(text);
  });

  it('is told apart when nobody answers, and the token is not in the error', async () => {
    const address = withCredentials('x-access-token', CANARY);
    await server.stop();
    const text = await textOf(repository({ address }).head('main', never));
    server = await startHttpGitServer(scratch.folder, 'x-access-token', CANARY);
    expect(text).toContain('"failure":"unreachable"');
    expectNoCanary(text);
  });

  it('is refused with a malformed URL without repeating the token', () => {
    const address = `https://x-access-token:canary@[bad/remote.git`;
    expect(() => repository({ address })).toThrow('not a valid URL');
    expect(() => repository({ address })).not.toThrow(/canary/);
  });
});

describe('a remote in a folder', () => {
  it('is told apart when there is no repository', async () => {
    await expect(repository({ address: `${scratch.folder}/none.git` }).head('main', never)).rejects.toMatchObject({
      failure: 'repository-not-found',
    });
  });

  it('is told apart when its hook declines a push, with the hook’s words', async () => {
    await writeFile(`${scratch.remote}/hooks/pre-receive`, '#!/bin/sh\necho "the repository is frozen" >&2; exit 1\n');
    await chmod(`${scratch.remote}/hooks/pre-receive`, 0o755);
    const text = await textOf(repository({ address: scratch.remote }).fence('main', effect));
    expect(text).toContain('"failure":"rejected"');
    expect(text).toContain('the repository is frozen');
  });
});
