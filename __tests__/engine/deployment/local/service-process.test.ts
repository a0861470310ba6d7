import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ProcessOutput } from '../../../../engine/deployment/local/process-output.ts';
import { redactionOf } from '../../../../engine/deployment/local/secret-redaction.ts';
import { ServiceLog } from '../../../../engine/deployment/local/service-log.ts';
import { ServiceProcess, stopProcesses } from '../../../../engine/deployment/local/service-process.ts';
import { eventually, isAlive } from './playground.ts';

jest.setTimeout(60_000);

let folder: string;
const tokens: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-'));
});

afterEach(async () => {
  await stopProcesses(new Set(tokens.splice(0)), 0);
  await rm(folder, { recursive: true, force: true });
});

function start(code: string, executable = process.execPath): ServiceProcess {
  const token = crypto.randomUUID();
  tokens.push(token);
  const output = new ProcessOutput(
    new ServiceLog(join(folder, 'api.log')),
    redactionOf({ KEY: 'very-secret-key', URL: 'postgres://u:p%40ss@db/shop' }),
  );
  return ServiceProcess.start(
    { token, executable, arguments: ['-e', code], workingDirectory: folder, environment: {}, port: 1 },
    output,
  );
}

async function firstLine(process: ServiceProcess): Promise<string> {
  return eventually(async () => process.lastLogLines()[0]);
}

describe('a process', () => {
  it('that heeds SIGTERM may end its work', async () => {
    const service = start(
      `process.on('SIGTERM', () => setTimeout(() => { console.log('done'); process.exit(0); }, 50)); setInterval(() => {}, 1000); console.log('up')`,
    );
    await firstLine(service);
    await service.stop(30);
    expect(await service.exited).toBe('exited with code 0');
    expect(service.lastLogLines()).toEqual(['up', 'done']);
  });

  it('that does not is killed, with the children it started', async () => {
    const service = start(
      `process.on('SIGTERM', () => {}); const child = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { detached: true }); setInterval(() => {}, 1000); console.log(child.pid)`,
    );
    const child = Number(await firstLine(service));
    expect(await isAlive(child)).toBe(true);
    await service.stop(0.1);
    expect(await service.exited).toBe('was ended by SIGKILL');
    // Its environment, by which it is found, is gone a moment before it is.
    await eventually(async () => ((await isAlive(child)) ? undefined : 'gone'));
  });

  it('that ends by itself leaves no child behind', async () => {
    const service = start(
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' }); console.log(child.pid); setTimeout(() => process.exit(4), 100)`,
    );
    expect(await service.exited).toBe('exited with code 4');
    const left = Number(service.lastLogLines()[0]);
    await eventually(async () => ((await isAlive(left)) ? undefined : 'gone'));
  });

  it('that cannot be started says so', async () => {
    expect(await start('', join(folder, 'absent')).exited).toMatch(/^could not be started: there is no program /);
  });

  it('may be stopped when it has ended, and twice at once', async () => {
    const service = start('');
    await service.exited;
    await Promise.all([service.stop(30), service.stop(30)]);
    expect(service.hasExited).toBe(true);
  });
});

describe('what a process prints', () => {
  it('is kept without secrets, also where a secret is printed in two halves', async () => {
    const service = start(
      `process.stdout.write('key very-sec'); setTimeout(() => console.log('ret-key, é'), 30); setTimeout(() => console.error('cannot reach postgres://u:p%40ss@db/shop with p@ss'), 60)`,
    );
    await service.exited;
    expect(service.lastLogLines()).toEqual(['key [redacted], é', 'cannot reach [redacted] with [redacted]']);
    expect(await readFile(join(folder, 'api.log'), 'utf8')).toBe(`${service.lastLogLines().join('\n')}\n`);
  });

  it('without an end to its line does not grow without bounds', async () => {
    const service = start(`process.stdout.write('x'.repeat(1_000_000))`);
    await service.exited;
    expect(Math.max(...service.lastLogLines().map((line) => line.length))).toBeLessThanOrEqual(400);
    expect((await readFile(join(folder, 'api.log'), 'utf8')).replaceAll('\n', '')).toHaveLength(1_000_000);
  });
});
