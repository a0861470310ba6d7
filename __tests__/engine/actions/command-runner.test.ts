import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandRunner } from '../../../engine/actions/command-runner.ts';
import { MissingSecretError } from '../../../engine/secrets/secret-source.ts';
import { eventually, isAlive } from '../deployment/local/playground.ts';
import { ofKind, requestFor, secrets, secretValue } from './action-requests.ts';

let folder: string;
let runner: CommandRunner;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
  runner = new CommandRunner({ folder, secrets, path: process.env['PATH'] ?? '' });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const command = (words: readonly string[], more: object = {}) => ({ kind: 'command', command: words, ...more });
const script = (code: string, more: object = {}) => command([process.execPath, '-e', code], more);

async function run(action: object, more: Parameters<typeof requestFor>[1] = {}) {
  const { request, lines } = requestFor(action, more);
  const outcome = await runner.run(ofKind(request, 'command'), request);
  return { outcome, lines };
}

const pidIn = async (name: string): Promise<number> =>
  eventually(async () => {
    const pid = Number(await readFile(join(folder, name), 'utf8'));
    return pid > 0 ? pid : undefined;
  });

describe('a command of the rules', () => {
  it('succeeds by exit status 0, with what it printed in the log', async () => {
    const { outcome, lines } = await run(script('console.log("warming"); console.error("42 pages")'));
    expect(outcome.kind).toBe('succeeded');
    expect(lines.toSorted()).toEqual(['42 pages', 'warming']);
  });

  it('fails by any other, with its last words', async () => {
    const { outcome } = await run(script('console.log("no route"); process.exit(3)'));
    expect(outcome).toEqual({ kind: 'failed', detail: 'exit status 3: no route', mayPass: false });
    expect((await run(script('process.exit(75)'))).outcome).toMatchObject({ kind: 'failed', mayPass: true });
    const killed = await run(script('process.kill(process.pid, "SIGKILL")'));
    expect(killed.outcome).toMatchObject({ kind: 'failed', detail: 'it was ended by SIGKILL' });
  });

  it('sees PATH, what is declared, its secrets and the promotion, and nothing of the engine', async () => {
    process.env['ENGINE_PRIVATE'] = 'must not leak';
    const { lines } = await run(
      script('console.log(JSON.stringify(Object.keys(process.env).sort()))', {
        variables: { LEVEL: 'high' },
        secrets: ['DEPLOY_TOKEN'],
      }),
    );
    delete process.env['ENGINE_PRIVATE'];
    expect(JSON.parse(lines[0] ?? '')).toEqual([
      'APPLICATION',
      'DEPLOY_TOKEN',
      'FROM_ENV',
      'LEVEL',
      'PATH',
      'PROMOTION_INSTANCE',
      'PROMOTION_KEY',
      'RELEASE',
      'TO_ENV',
    ]);
  });

  it('cannot be told another promotion by the variables that it declares', async () => {
    const { lines } = await run(script('console.log(process.env.RELEASE)', { variables: { RELEASE: 'v9' } }));
    expect(lines).toEqual(['v2']);
  });

  it('is read by no shell', async () => {
    const { lines } = await run(
      command([process.execPath, '-e', 'console.log(process.argv[1])', '--', '$(id); `id` && x']),
    );
    expect(lines).toEqual(['$(id); `id` && x']);
  });

  it('leaves no secret in the log or in what is said of its failure', async () => {
    const { outcome, lines } = await run(
      script('process.stdout.write("to" + "ken "); console.log(process.env.DEPLOY_TOKEN); process.exit(1)', {
        secrets: ['DEPLOY_TOKEN'],
      }),
    );
    expect(JSON.stringify([outcome, lines])).not.toContain(secretValue);
    expect(lines).toEqual(['token ***']);
  });

  it('is not started without a secret that it names', async () => {
    await expect(run(script('0', { secrets: ['NEVER_SET'] }))).rejects.toThrow(MissingSecretError);
  });

  it('runs where the rules lie, or below', async () => {
    await mkdir(join(folder, 'ops'));
    await writeFile(join(folder, 'ops/check'), '#!/bin/sh\npwd\n');
    await chmod(join(folder, 'ops/check'), 0o755);
    const { lines } = await run(command(['./check'], { workingDirectory: 'ops' }));
    expect(lines[0]?.endsWith('/ops')).toBe(true);
  });

  it.each(['..', '../..', '/', 'link'])('does not run in %s', async (workingDirectory) => {
    await symlink('/', join(folder, 'link'));
    await expect(run(script('0', { workingDirectory }))).rejects.toThrow('leaves');
  });

  it('that does not exist is named', async () => {
    await expect(run(command(['no-such-program-here']))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is ended when its time is over, with all that it started', async () => {
    const code = `
      const { spawn } = require('node:child_process');
      const { writeFileSync } = require('node:fs');
      process.on('SIGTERM', () => undefined);
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
      writeFileSync('child', String(child.pid));
      writeFileSync('own', String(process.pid));
      setInterval(() => {}, 1000);`;
    const { outcome } = await run(script(code, { timeoutSeconds: 1 }));
    expect(outcome).toMatchObject({ kind: 'failed', detail: 'no end after 1 s', mayPass: true, timedOut: true });
    expect(await isAlive(await pidIn('own'))).toBe(false);
    expect(await isAlive(await pidIn('child'))).toBe(false);
  });

  it('leaves nothing behind when it ends by itself', async () => {
    const code = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' });
      require('node:fs').writeFileSync('child', String(child.pid));
      child.unref();`;
    expect((await run(script(code))).outcome.kind).toBe('succeeded');
    expect(await isAlive(await pidIn('child'))).toBe(false);
  });

  it('is ended when the lease is lost', async () => {
    const abort = new AbortController();
    const running = run(
      script(`require('node:fs').writeFileSync('own', String(process.pid)); setInterval(() => {}, 1000)`),
      {
        signal: abort.signal,
      },
    );
    running.catch(() => undefined);
    const pid = await pidIn('own');
    abort.abort(new Error('the lease is lost'));
    await expect(running).rejects.toThrow('the lease is lost');
    expect(await isAlive(pid)).toBe(false);
  });

  it('finds what a run before it left behind, ends that, and leaves a newer run alone', async () => {
    const endless = script(`require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)`);
    const facts = { PROMOTION_KEY: `pr-1:${folder}` };
    const first = run(endless, { fence: 5, facts });
    const pid = await pidIn('pid');
    // Older than what runs: it is not its to end.
    await run(script('0'), { fence: 4, facts });
    expect(await isAlive(pid)).toBe(true);
    const { lines } = await run(script('0'), { fence: 6, facts });
    expect(lines).toEqual(['ended 1 processes that an earlier run had left behind']);
    expect((await first).outcome).toMatchObject({ kind: 'failed' });
    expect(await isAlive(pid)).toBe(false);
  });

  it('cannot fill the log', async () => {
    const { lines } = await run(script(`process.stdout.write(('x'.repeat(50) + '\\n').repeat(100_000))`));
    expect(lines).toHaveLength(2_001);
  });
});
