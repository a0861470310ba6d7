import { spawn } from 'node:child_process';
import { chmod, lstat, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';

jest.setTimeout(600_000);

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the real command line with its own folder, as a person would. */
function promote(home: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['cli/main.ts', ...args], {
      env: { ...process.env, PROMOTION_HOME: home, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, output });
    });
  });
}

const trafficSchema = z.object({
  event: z.literal('traffic'),
  requests: z.number(),
  failed: z.number(),
  acknowledged: z.number(),
  missing: z.number(),
});

const upSchema = z.object({ event: z.literal('up'), what: z.literal('UI'), text: z.string() });

/** As the start tells it. */
const uiAddress = /(http:\/\/127\.0\.0\.1:\d+) {3}you are \S/;

function jsonLines(output: string): readonly unknown[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as unknown);
}

describe('npm start on an empty folder', () => {
  let parent: string;
  let home: string;
  let start: Ended;
  /** Of the UI, since it was started again. */
  let address: string;

  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'promotion-start-'));
    // As most places are: others may pass through to the folder, so that it has to protect itself.
    await chmod(parent, 0o755);
    home = join(parent, 'home');
    start = await promote(home, 'local', 'start', '--json');
  });

  afterAll(async () => {
    await promote(home, 'local', 'stop');
    // Whoever was killed in the middle may still be writing its last file.
    await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('ends well, with v2 in staging and v3 taken back by itself', async () => {
    expect(start).toEqual({ exitCode: 0, output: expect.any(String) });
    const { output } = await promote(home, 'list');
    expect(output).toMatch(/shop v3 .*rolled back/);
    expect(output).toMatch(/shop v2 .*promoted/);
    const status = await promote(home, 'status');
    expect(status.output).toMatch(/✔ v2 verified/);
  });

  it('says where the UI answers, and there it does, with what runs where', async () => {
    const up = jsonLines(start.output).find((line) => upSchema.safeParse(line).success);
    const [, url = ''] = uiAddress.exec(upSchema.parse(up).text) ?? [];
    const page = await fetch(`${url}/`, { headers: { Accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
    const matrix: unknown = await (await fetch(`${url}/api/matrix`)).json();
    expect(matrix).toMatchObject({ environments: ['dev', 'staging'], items: [{ application: 'shop' }] });
  });

  it('loses no acknowledged order of the client that wrote throughout, and fails none of its requests', () => {
    const traffic = jsonLines(start.output).find((line) => trafficSchema.safeParse(line).success);
    expect(traffic).toMatchObject({ failed: 0, missing: 0 });
    expect(trafficSchema.parse(traffic).acknowledged).toBeGreaterThan(100);
  });

  it('has an audit trail that verifies', async () => {
    const { exitCode, output } = await promote(home, 'audit', 'verify');
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('3 chains') });
  });

  it('refuses the release that was found bad, with what to do and exit code 3', async () => {
    const { exitCode, output } = await promote(home, 'run', 'shop', '--release', 'v3', '--to', 'staging');
    expect(exitCode).toBe(3);
    expect(output).toContain('marked bad');
  });

  it('takes v2 back when a person asks, and serves v1 again', async () => {
    const { exitCode, output } = await promote(
      home,
      'rollback',
      'shop',
      '--env',
      'staging',
      '--yes',
      '--reason',
      'tried',
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('v1') });
    const status = await promote(home, 'status');
    expect(status.output).toMatch(/✔ v1 verified/);
  });

  it('keeps secrets out of its log and out of what it printed', async () => {
    const url = new URL(await readFile(join(home, 'secrets', 'databases', 'shop-staging'), 'utf8'));
    const log = await readFile(join(home, 'promote.log'), 'utf8').catch(() => '');
    expect(url.password).not.toBe('');
    expect(log + start.output).not.toContain(url.password);
  });

  it('leaves nothing in its folder that others could read, nor a way in but for the server’s own user', async () => {
    const names = await readdir(home, { recursive: true });
    const open: string[] = [];
    for (const name of ['.', ...names]) {
      const found = await lstat(join(home, name)).catch(() => undefined);
      if (found === undefined || !(found.isFile() || found.isDirectory())) continue;
      const isOnTheWayToTheServer = name === '.' || name === 'postgres';
      const allowed = isOnTheWayToTheServer ? 0o710 : 0o700;
      if ((found.mode & 0o777 & ~allowed) !== 0) open.push(`${name} ${(found.mode & 0o777).toString(8)}`);
    }
    expect(open).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['notifications.jsonl', 'configuration.git', 'registries']));
  });

  it('goes on where it was when it is stopped and started again', async () => {
    const stopped = await promote(home, 'local', 'stop');
    expect(stopped.exitCode).toBe(0);
    const again = await promote(home, 'local', 'start');
    [, address = ''] = uiAddress.exec(again.output) ?? [];
    expect({ exitCode: again.exitCode, output: again.output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining('Goes on where it was'),
    });
    const { output } = await promote(home, 'doctor');
    // v3, which leaks connections until it answers no more, still runs where its team left it, and fails dev's tests.
    const bad = output.split('\n').filter((line) => line.includes('✖') && !/✖ (?:shop|tests) · dev /.test(line));
    expect({ bad, output }).toEqual({ bad: [], output: expect.stringMatching(/✔ shop · staging +3 services healthy/) });
    expect(output).toMatch(/✔ audit trail +\d+ chains/);
  });

  it('promotes a good release although everything on this machine was killed in the middle of it, and started again', async () => {
    const unmarked = await promote(home, 'release', 'mark-bad', 'shop', 'v2', '--undo', '--reason', 'tried');
    expect(unmarked).toMatchObject({ exitCode: 0 });
    const before = await newest(address);
    const running = promote(home, 'run', 'shop', '--release', 'v2', '--to', 'staging');
    await untilItDeploys(address, before.id);
    const { pid } = z
      .looseObject({ pid: z.number() })
      .parse(JSON.parse(await readFile(join(home, 'local.json'), 'utf8')));
    process.kill(pid, 'SIGKILL');
    expect(await promote(home, 'local', 'start')).toMatchObject({ exitCode: 0 });
    const ended = await running;
    expect(ended).toEqual({ exitCode: 0, output: expect.stringContaining('Promoted in') });
    expect((await promote(home, 'status')).output).toMatch(/✔ v2 verified/);
  });
});

const stepSchema = z.looseObject({ name: z.string(), status: z.string() });
const promotionSchema = z.looseObject({ id: z.string(), steps: z.array(stepSchema) });

/** What was asked for last; by the API, since a deployment takes hardly longer than a command takes to start. */
async function newest(address: string): Promise<z.infer<typeof promotionSchema>> {
  const answer = await fetch(`${address}/api/promotions?limit=1&steps=true`);
  const [promotion] = z.looseObject({ items: z.array(promotionSchema) }).parse(await answer.json()).items;
  if (promotion === undefined) throw new Error('nothing was promoted');
  return promotion;
}

/** Waits until a promotion that was asked for after another is in the middle of its deployment. */
async function untilItDeploys(address: string, former: string): Promise<void> {
  for (;;) {
    const { id, steps } = await newest(address);
    const deploy = steps.find(({ name }) => name === 'deploy')?.status;
    if (id !== former && (deploy === 'running' || deploy === 'parked')) return;
    if (id !== former) expect(deploy).not.toBe('done');
    await pause(50);
  }
}
