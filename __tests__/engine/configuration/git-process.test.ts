import { jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GitError } from '../../../engine/configuration/git-error.ts';
import { GitProcess } from '../../../engine/configuration/git-process.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const never = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'git-process-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(script: string): Promise<string> {
  const file = path.join(folder, 'program');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

async function idIn(file: string): Promise<number> {
  for (;;) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.endsWith('\n')) {
      return Number(content);
    }
    await delay(10);
  }
}

function isRunning(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return !state.trim().startsWith('Z');
  } catch {
    return false;
  }
}

describe('git as a process', () => {
  it('sees nothing of the user’s configuration, hooks, credentials and language', async () => {
    const git = new GitProcess({ binary: await program('env') });
    process.env['GIT_DIR'] = '/somewhere';
    process.env['CANARY_TOKEN'] = 'ghp_canary';
    try {
      const { stdout } = await git.run({ arguments: [], signal: never });
      const seen = stdout.toString('utf8');
      expect(seen).not.toContain('canary');
      expect(seen).not.toContain('GIT_DIR=');
      expect(seen).not.toContain('HOME=');
      expect(seen).toContain('GIT_TERMINAL_PROMPT=0');
      expect(seen).toContain('LC_ALL=C');
    } finally {
      delete process.env['GIT_DIR'];
      delete process.env['CANARY_TOKEN'];
    }
  });

  it('does not run a program that a remote’s address names', async () => {
    const marker = path.join(folder, 'ran');
    const address = `ext::touch ${marker}`;
    await expect(new GitProcess().run({ arguments: ['ls-remote', address], signal: never })).rejects.toThrow(
      "transport 'ext' not allowed",
    );
    await expect(readFile(marker)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps git’s own words, the command and the exit code in the error', async () => {
    const error: unknown = await new GitProcess()
      .run({ arguments: [`--git-dir=${folder}`, 'log'], signal: never })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ exitCode: 128, command: `git --git-dir=${folder} log` });
    expect(String(error)).toContain('not a git repository');
  });

  it('says that git is not installed', async () => {
    const git = new GitProcess({ binary: path.join(folder, 'no-such-git') });
    await expect(git.run({ arguments: ['--version'], signal: never })).rejects.toMatchObject({
      failure: 'git-not-installed',
    });
  });

  it('ends with everything it started when the signal is aborted, and gives the reason back', async () => {
    const pidFile = path.join(folder, 'pid');
    const git = new GitProcess({ binary: await program(`(sh -c 'echo $$ > "${pidFile}"; exec sleep 1000') & wait`) });
    const abort = new AbortController();
    const run = git.run({ arguments: [], signal: abort.signal });
    const grandchild = await idIn(pidFile);
    expect(isRunning(grandchild)).toBe(true);
    const reason = new Error('the lease was lost');
    abort.abort(reason);
    await expect(run).rejects.toBe(reason);
    expect(isRunning(grandchild)).toBe(false);
  });

  it('ends a program that does not listen', async () => {
    const git = new GitProcess({ binary: await program(`trap '' TERM; while :; do sleep 0.1; done`) });
    const run = git.run({ arguments: [], signal: AbortSignal.timeout(100) });
    await expect(run).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('starts nothing when the signal is aborted already', async () => {
    const marker = path.join(folder, 'ran');
    const git = new GitProcess({ binary: await program(`touch "${marker}"`) });
    await expect(git.run({ arguments: [], signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(readFile(marker)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('ends a command that takes longer than its timeout', async () => {
    const git = new GitProcess({
      binary: await program('echo still waiting >&2; exec sleep 1000'),
      timeoutSeconds: 0.5,
    });
    const error: unknown = await git.run({ arguments: ['fetch'], signal: never }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ failure: 'timeout', exitCode: undefined });
    expect(String(error)).toContain('still waiting');
  });
});
