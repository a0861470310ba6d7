import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GitCommand, GitEnding } from '../../../engine/configuration/git-command.ts';
import { GitLauncher } from '../../../engine/configuration/git-launcher.ts';
import { runInNewProcess } from '../../support/run-in-new-process.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'git-launcher-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function command(script: string, more: Partial<GitCommand> = {}): Promise<GitCommand> {
  const binary = path.join(folder, `program-${String(Math.random()).slice(2)}`);
  await writeFile(binary, `#!/bin/sh\n${script}\n`);
  await chmod(binary, 0o755);
  const environment = { PATH: process.env['PATH'] ?? '' };
  return { binary, arguments: [], stdin: '', environment, timeoutMs: 60_000, ...more };
}
const outputOf = (ending: GitEnding): string =>
  ending.kind === 'exited' ? ending.stdout.toString('utf8') : JSON.stringify(ending);
const parentOf = async (launcher: GitLauncher): Promise<number> =>
  Number(outputOf(await launcher.run(await command('echo $PPID'), never)));

function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim().startsWith('Z');
  } catch {
    return false;
  }
}
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await delay(20);
}
async function idIn(file: string): Promise<number> {
  for (;;) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.endsWith('\n')) return Number(content);
    await delay(10);
  }
}

describe('starting git from a small process', () => {
  it('hands over words, input and environment as they are, and gives back every byte', async () => {
    const given = await command('printf "%s|" "$@" "$GIVEN"; cat; echo grief >&2; exit 3', {
      arguments: ['a b', '--é', ''],
      stdin: 'one\ntwo "three"\n',
      environment: { PATH: process.env['PATH'] ?? '', GIVEN: '$HOME `x`' },
    });
    const ending = await new GitLauncher().run(given, never);
    expect(ending).toMatchObject({ kind: 'exited', exitCode: 3, stderr: 'grief\n' });
    expect(outputOf(ending)).toBe('a b|--é||$HOME `x`|one\ntwo "three"\n');
    const bytes = await new GitLauncher().run(await command(String.raw`printf '\000\377\200'`), never);
    expect(bytes.kind === 'exited' && [...bytes.stdout]).toEqual([0, 255, 128]);
  });

  it('starts all of them from one process, which is not this one, many at a time', async () => {
    const launcher = new GitLauncher();
    const parents = await Promise.all(Array.from({ length: 12 }, () => parentOf(launcher)));
    expect(new Set(parents).size).toBe(1);
    expect(parents[0]).not.toBe(process.pid);
  });

  it('lets nothing of this process’s environment near a command', async () => {
    process.env['LAUNCHER_CANARY'] = 'canary';
    try {
      const launcher = new GitLauncher();
      const launcherId = await parentOf(launcher);
      expect(outputOf(await launcher.run(await command('env'), never))).not.toContain('canary');
      expect(execFileSync('ps', ['eww', String(launcherId)], { encoding: 'utf8' })).not.toContain('canary');
    } finally {
      delete process.env['LAUNCHER_CANARY'];
    }
  });

  it('answers for a command whose process is lost, and starts the next one from another', async () => {
    const launcher = new GitLauncher();
    const first = await parentOf(launcher);
    const pidFile = path.join(folder, 'pid');
    const run = launcher.run(await command(`echo $$ > "${pidFile}"; exec sleep 1000`), never);
    const orphan = await idIn(pidFile);
    process.kill(first, 'SIGKILL');
    expect(await run).toEqual({ kind: 'killed', by: 'the end of its launcher', stderr: '' });
    expect(await parentOf(launcher)).not.toBe(first);
    process.kill(orphan, 'SIGKILL');
  });

  it('refuses words that no program can be given, and goes on', async () => {
    const launcher = new GitLauncher();
    const first = await parentOf(launcher);
    const refused = await launcher.run(await command('true', { arguments: ['a\0b'] }), never);
    expect(refused).toMatchObject({ kind: 'not-started', message: expect.stringContaining('null bytes') as string });
    expect(await parentOf(launcher)).toBe(first);
  });

  it('lets its process go when nothing was asked for a while', async () => {
    const launcher = new GitLauncher();
    const first = await parentOf(launcher);
    await ended(first);
    expect(await parentOf(launcher)).not.toBe(first);
  });

  it('holds up the end of a program while a command runs, and no longer', async () => {
    const { binary } = await command('sleep 1; echo done');
    const output = await runInNewProcess(launching(binary));
    expect(output).toBe('done\n');
  });

  it('ends a command with the process that wanted it, however that ends', async () => {
    const pidFile = path.join(folder, 'pid');
    const { binary } = await command(`(sh -c 'echo $$ > "${pidFile}"; exec sleep 1000') & wait`);
    const abort = new AbortController();
    const run = runInNewProcess(launching(binary), abort.signal).catch(() => undefined);
    const grandchild = await idIn(pidFile);
    abort.abort();
    await run;
    await ended(grandchild);
  });
});

const launcherFile = path.join(import.meta.dirname, '../../../engine/configuration/git-launcher.ts');

/** A program that runs one command and prints what it says. */
const launching = (binary: string): string => `
  import { GitLauncher } from ${JSON.stringify(launcherFile)};
  const environment = { PATH: process.env.PATH };
  const command = { binary: ${JSON.stringify(binary)}, arguments: [], stdin: '', environment, timeoutMs: 60_000 };
  const ending = await new GitLauncher().run(command, new AbortController().signal);
  process.stdout.write(ending.stdout);
`;
