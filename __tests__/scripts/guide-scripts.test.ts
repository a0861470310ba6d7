import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const scripts = join(import.meta.dirname, '../../scripts');
const names = [
  'promote-environment.sh',
  'validate-promotion-requirements.sh',
  'promote-to-staging.sh',
  'test-promotion.sh',
  'compare-environments.sh',
  'status-dev.sh',
] as const;
/** Those that only look have no use for the variables of outside services, and are in nobody's way. */
const promoting = names.slice(0, 3);

/** Runs a script as a person would, in a folder that is not the project's. */
function run(script: string, folder: string, variables: Readonly<Record<string, string>>, ...words: readonly string[]) {
  return new Promise<{ exitCode: number | null; output: string }>((resolve, reject) => {
    const env = { PATH: process.env['PATH'], PROMOTION_HOME: join(folder, 'home'), ...variables };
    const child = spawn(script, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}

describe.each(names)('./scripts/%s', (name) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guide-scripts-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('works from any folder, also through a link', async () => {
    const link = join(folder, 'link.sh');
    await symlink(join(scripts, name), link);
    for (const script of [join(scripts, name), link]) {
      expect(await run(script, folder, {}, '--help')).toEqual({
        exitCode: 0,
        output: expect.stringContaining('Usage: promote'),
      });
    }
  });
});

describe.each(promoting)('./scripts/%s', (name) => {
  it('refuses a variable of an outside service by its name, before anything is opened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guide-scripts-'));
    const { exitCode, output } = await run(join(scripts, name), folder, { ARGOCD_PASSWORD: 'hunter2' });
    expect(exitCode).toBe(2);
    expect(output).toContain('ARGOCD_PASSWORD is set, and Argo CD waits for outside services');
    expect(output).not.toContain('hunter2');
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

describe('./scripts/test-promotion.sh', () => {
  it('takes the word behind it for the environment, not for the place of the log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guide-scripts-'));
    const { exitCode, output } = await run(join(scripts, 'test-promotion.sh'), folder, {}, 'development', '--lgo');
    expect(exitCode).toBe(2);
    expect(output).toContain('Did you mean --log?');
    const missing = await run(join(scripts, 'test-promotion.sh'), folder, {});
    expect(missing).toEqual({
      exitCode: 2,
      output: expect.stringContaining("missing required argument 'environment'"),
    });
    await rm(folder, { recursive: true });
  });
});

describe('./scripts/promote-environment.sh', () => {
  it.each([
    [{ AUTO_APPROVE: 'maybe' }, 'AUTO_APPROVE must be true or false'],
    [{ DRY_RUN: '1' }, 'DRY_RUN must be true or false'],
    [{ MAX_STARTUP_WAIT: '5m' }, 'MAX_STARTUP_WAIT must be a whole number of seconds'],
  ])('ends with 2 when a variable is not what it should be: %j', async (variables, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'guide-scripts-'));
    const { exitCode, output } = await run(join(scripts, 'promote-environment.sh'), folder, variables);
    expect(exitCode).toBe(2);
    expect(output).toContain(message);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
