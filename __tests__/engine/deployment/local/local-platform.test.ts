import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readDeploymentLog } from '../../../../engine/deployment/local/deployment-log.ts';
import { PlatformAlreadyRunningError } from '../../../../engine/deployment/local/platform-lock.ts';
import { LoadClient } from './load-client.ts';
import { environment, eventually, isAlive, Playground, secret } from './playground.ts';

jest.setTimeout(90_000);

let playground: Playground;

beforeEach(async () => {
  playground = await Playground.open();
});

afterEach(async () => {
  await playground.close();
});

async function events(generation?: number): Promise<string[]> {
  const log = await readDeploymentLog(playground.environmentFolder);
  return log
    .filter((event) => generation === undefined || event.generation === generation)
    .map(({ event, service }) => (service === undefined ? event : `${event} ${service}`));
}

describe('a first deployment', () => {
  it('runs every service with its release, configuration and variables, and nothing of the platform’s environment', async () => {
    process.env['PLATFORM_SECRET'] = 'must not leak';
    await playground.start();
    const digest = await playground.publish({ version: '1' });
    const status = await playground.deploy(await playground.desire('v1', { api: digest }, 'level: 3\n'));

    expect(status).toMatchObject({ generation: 1, observedGeneration: 1, phase: 'available', message: undefined });
    expect(status.services).toMatchObject([{ name: 'api', digest, isReady: true, restarts: 0 }]);
    const answer = await playground.ask('api');
    expect(answer).toMatchObject({ version: '1', release: 'v1', settings: { level: 3 } });
    expect(answer.variables).toEqual(
      expect.arrayContaining(['CONFIG_FILE', 'DATABASE_URL', 'FLAGS_FILE', 'IMAGE', 'JWT_SECRET', 'PORT', 'RELEASE']),
    );
    expect(answer.variables).not.toContain('PATH');
    expect(answer.variables).not.toContain('PLATFORM_SECRET');
    expect(await events()).toEqual(['accepted', 'starting api', 'ready api', 'shifted api', 'available']);
    const told = await playground.target.events(environment, 1, new AbortController().signal);
    expect(told.map(({ event }) => event)).toEqual(['accepted', 'starting', 'ready', 'shifted', 'available']);
    expect(await playground.target.events(environment, 2, new AbortController().signal)).toEqual([]);
    delete process.env['PLATFORM_SECRET'];
  });

  it('says which variables there are, also when somebody changes them by hand, and never what is in them', async () => {
    await playground.start();
    const names = join(playground.environmentFolder, 'variable-names.json');
    await writeFile(join(playground.environmentFolder, 'variables.json'), JSON.stringify({ NEW_KEY: secret }));
    const seen = await eventually(async () => {
      const text = await readFile(names, 'utf8');
      return text.includes('NEW_KEY') ? text : undefined;
    });
    expect(JSON.parse(seen)).toEqual(['NEW_KEY']);
  });

  it('writes down what services print, but no secret among it', async () => {
    await playground.start();
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const log = await eventually(async () => {
      const text = await playground.file('logs/api.log');
      return text.includes('1 starts') ? text : undefined;
    });
    expect(log).toContain('key is [redacted]');
    for (const file of ['logs/api.log', 'deployment.log', 'status.json', 'processes.json', 'serving.json']) {
      expect(await playground.file(file)).not.toContain(secret);
    }
    expect((await stat(join(playground.environmentFolder, 'variables.json'))).mode & 0o077).toBe(0);
  });

  it.each([
    ['there is no such image', 'level: 1\n', /holds no image/],
    ['the configuration is no mapping', '- 1\n', /values.yaml at commit [0-9a-f]{40} must be a mapping/],
    ['the configuration is not YAML', 'a: [\n', /is not YAML/],
  ])('fails, and says so, when %s', async (_case, values, message) => {
    await playground.start();
    const digest = `sha256:${'0'.repeat(64)}`;
    const status = await playground.deploy(await playground.desire('v1', { api: digest }, values));
    expect(status).toMatchObject({ phase: 'failed', observedGeneration: 1 });
    expect(status.message).toMatch(message);
    expect(await events()).toEqual(['accepted', 'failed']);
  });
});

describe('a rolling switch', () => {
  it('loses no request of users who never stop, over several switches', async () => {
    await playground.start();
    const first = await playground.desire('v1', { api: await playground.publish({ version: '1' }) });
    const { services } = await playground.deploy(first);
    const url = services[0]?.url ?? '';
    const users = new LoadClient(url, 8);
    for (const version of ['2', '3', '4', '5']) {
      const digest = await playground.publish({ version });
      const before = users.answered;
      const status = await playground.deploy(await playground.desire(`v${version}`, { api: digest }));
      expect(status).toMatchObject({ phase: 'available', services: [{ digest, url }] });
      await eventually(async () => (users.answered > before + 50 ? true : undefined));
    }
    await users.stop();
    expect(users.failures).toEqual([]);
    expect([...users.versions].sort()).toEqual(['1', '2', '3', '4', '5']);
    expect((await playground.until(({ traffic }) => traffic.requests > 0)).traffic.failed).toBe(0);
    expect((await events()).filter((event) => event === 'accepted')).toHaveLength(5);
  });

  it('answers a request in flight by the instance that took it, and only then stops that instance', async () => {
    await playground.start();
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const slow = playground.ask('api', '/?ms=1500');
    await playground.until(({ traffic }) => traffic.requests === 1);
    const second = await playground.desire('v2', { api: await playground.publish({ version: '2' }) });
    await playground.apply(second);
    await eventually(async () => ((await playground.ask('api')).version === '2' ? true : undefined));
    expect(await slow).toMatchObject({ version: '1' });
    await playground.until(({ phase }) => phase === 'available');
    expect(await isAlive((await slow).pid)).toBe(false);
    expect(await events(2)).toEqual([
      'accepted',
      'starting api',
      'ready api',
      'shifted api',
      'drained api',
      'stopped api',
      'available',
    ]);
  });

  it('does not wait for ever for a request that does not end', async () => {
    await playground.start({ drainTimeoutSeconds: 0.2 });
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const endless = playground.ask('api', '/?ms=60000').then(
      () => 'answered',
      () => 'cut off',
    );
    await playground.until(({ traffic }) => traffic.requests === 1);
    const second = await playground.desire('v2', { api: await playground.publish({ version: '2' }) });
    expect(await playground.deploy(second)).toMatchObject({ phase: 'available' });
    expect(await endless).toBe('cut off');
    const log = await readDeploymentLog(playground.environmentFolder);
    expect(log.find(({ event }) => event === 'drained')?.message).toMatch(/^1 requests/);
  });

  it('leaves a service alone whose image and configuration are the same, and switches the others in the listed order', async () => {
    await playground.start();
    const [one, two] = [await playground.publish({ version: '1' }), await playground.publish({ version: '2' })];
    await playground.deploy(await playground.desire('v1', { web: one, catalogue: one, api: one }));
    const before = await playground.ask('catalogue');
    await playground.deploy(await playground.desire('v2', { web: two, catalogue: one, api: two }));
    expect((await playground.ask('catalogue')).pid).toBe(before.pid);
    expect((await events(2)).filter((event) => event.startsWith('starting'))).toEqual(['starting web', 'starting api']);
    await playground.deploy(await playground.desire('v2', { web: two, catalogue: one, api: two }, 'level: 2\n'));
    expect(await playground.ask('catalogue')).toMatchObject({ settings: { level: 2 }, release: 'v2' });
  });

  it('stops a service that is no longer desired', async () => {
    await playground.start();
    const digest = await playground.publish({ version: '1' });
    await playground.deploy(await playground.desire('v1', { web: digest, api: digest }));
    const { pid } = await playground.ask('web');
    const status = await playground.deploy(await playground.desire('v2', { api: digest }));
    expect(status.services.map(({ name }) => name)).toEqual(['api']);
    expect(await isAlive(pid)).toBe(false);
  });
});

describe('a release that never becomes ready', () => {
  it.each([
    ['does not say it is ready', 'never', /api: not ready after 1 s: \/readyz answered 503/],
    ['ends while it starts', 'ends', /api: the process exited with code 7.*no such column: price/s],
  ] as const)('is stopped when it %s, and the old one goes on serving', async (_case, readiness, message) => {
    await playground.start({ startupTimeoutSeconds: 1 });
    const good = await playground.publish({ version: '1' });
    await playground.deploy(await playground.desire('v1', { api: good }));
    const before = await playground.ask('api');
    const bad = await playground.publish({ version: '2', readiness });
    const status = await playground.deploy(await playground.desire('v2', { api: bad }));
    expect(status).toMatchObject({
      phase: 'failed',
      observedGeneration: 2,
      services: [{ digest: good, isReady: true }],
    });
    expect(status.message).toMatch(message);
    expect(status.message).not.toContain(secret);
    expect((await playground.ask('api')).pid).toBe(before.pid);
    expect(await events(2)).toEqual(['accepted', 'starting api', 'failed']);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
    await playground.deploy(await playground.desire('v1', { api: good }));
    expect((await playground.ask('api')).pid).toBe(before.pid);
  });
});

describe('a crash', () => {
  it('is followed by a restart that is counted', async () => {
    await playground.start();
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const { pid } = await playground.ask('api');
    await expect(playground.ask('api', '/crash')).rejects.toThrow('502');
    const status = await playground.until(({ services }) => services[0]?.restarts === 1 && services[0].isReady);
    expect(status.phase).toBe('available');
    expect((await playground.ask('api')).pid).not.toBe(pid);
    expect((await playground.until(({ traffic }) => traffic.requests === 3)).traffic.failed).toBe(1);
    expect(await events()).toContain('restarted api');
  });
});

describe('a newer generation that arrives in the middle', () => {
  it('supersedes the rollout, whose instance is stopped without ever serving', async () => {
    await playground.start();
    const old = await playground.publish({ version: '1' });
    await playground.deploy(await playground.desire('v1', { api: old }));
    await playground.apply(
      await playground.desire('v2', { api: await playground.publish({ version: '2', readiness: 'never' }) }),
    );
    await eventually(async () => ((await events(2)).includes('starting api') ? true : undefined));
    const third = await playground.publish({ version: '3' });
    const status = await playground.deploy(await playground.desire('v3', { api: third }));
    expect(status).toMatchObject({ generation: 3, observedGeneration: 3, phase: 'available' });
    expect(status.services[0]?.digest).toBe(third);
    expect(await events(2)).toEqual(['accepted', 'starting api']);
    // What is available is told as soon as it is; who stops has its own time to end in.
    await eventually(async () => {
      expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
      return true;
    });
  });
});

describe('a platform', () => {
  it('stops everything when it is stopped, and brings it back at the same address when it is started', async () => {
    const platform = await playground.start();
    const { services } = await playground.deploy(
      await playground.desire('v1', { api: await playground.publish({ version: '1' }) }),
    );
    const { pid } = await playground.ask('api');
    await platform.stop();
    expect(await isAlive(pid)).toBe(false);
    const stopped = await playground.status();
    expect(stopped).toMatchObject({ phase: 'progressing', services: [{ isReady: false, digest: undefined }] });
    expect(stopped.message).toMatch(/platform is not running/);

    await playground.start();
    const again = await playground.until(({ phase }) => phase === 'available');
    expect(again.services[0]).toMatchObject({ url: services[0]?.url ?? '', isReady: true });
    expect((await events()).filter((event) => event === 'accepted')).toHaveLength(1);
  });

  it('refuses a second one over the same folder', async () => {
    await playground.start();
    await expect(playground.start()).rejects.toThrow(PlatformAlreadyRunningError);
  });
});

describe('a platform that was killed', () => {
  it('finds the processes it left, stops them, and goes on with what was desired meanwhile', async () => {
    const child = await playground.startChild();
    const first = await playground.publish({ version: '1' });
    await playground.deploy(await playground.desire('v1', { api: first }));
    const { pid } = await playground.ask('api');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isAlive(pid)).toBe(true);
    const second = await playground.publish({ version: '2' });
    await playground.apply(await playground.desire('v2', { api: second }));
    expect(await playground.status()).toMatchObject({ phase: 'progressing', generation: 2, observedGeneration: 1 });

    await playground.start();
    await playground.until(({ phase, observedGeneration }) => phase === 'available' && observedGeneration === 2);
    expect(await isAlive(pid)).toBe(false);
    expect(await playground.ask('api')).toMatchObject({ version: '2' });
    expect((await events()).filter((event) => event === 'accepted')).toHaveLength(2);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
  });

  it('goes on with a rollout it was killed in, without a second accepted line, and keeps serving what served', async () => {
    const child = await playground.startChild();
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const slow = await playground.publish({ version: '2', startDelayMs: 1500 });
    await playground.apply(await playground.desire('v2', { api: slow }));
    await eventually(async () => {
      const processes: unknown = JSON.parse(await playground.file('processes.json'));
      return Array.isArray(processes) && processes.length === 2 ? true : undefined;
    });
    child.kill('SIGKILL');
    await once(child, 'exit');

    await playground.start();
    await eventually(async () => ((await playground.ask('api')).version === '1' ? true : undefined));
    await playground.until(({ phase, observedGeneration }) => phase === 'available' && observedGeneration === 2);
    expect(await playground.ask('api')).toMatchObject({ version: '2' });
    expect((await events(2)).filter((event) => event === 'accepted')).toHaveLength(1);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
  });

  it('brings back what served once the port that somebody had taken meanwhile is free again', async () => {
    const first = await playground.start();
    const { services } = await playground.deploy(
      await playground.desire('v1', { api: await playground.publish({ version: '1' }) }),
    );
    await first.stop();
    const stranger = createServer();
    stranger.listen(Number(new URL(services[0]?.url ?? '').port), '127.0.0.1');
    await once(stranger, 'listening');
    await playground.start({ comeBackIntervalSeconds: 0.05 });
    const failed = await playground.until(({ phase }) => phase === 'failed');
    expect(failed.message).toContain('free the port');
    stranger.close();
    await once(stranger, 'close');
    expect(await playground.until(({ phase }) => phase === 'available')).toMatchObject({ generation: 1 });
    expect(await playground.ask('api')).toMatchObject({ version: '1' });
    // However often it was tried, it failed once and came back once.
    expect((await events()).filter((event) => event === 'failed' || event === 'available')).toEqual([
      'available',
      'failed',
      'available',
    ]);
  });

  it('does not touch a stranger that has got the number of a process it left', async () => {
    await writeFile(
      join(playground.environmentFolder, 'processes.json'),
      JSON.stringify([{ token: crypto.randomUUID(), service: 'api', pid: process.pid }]),
    );
    await playground.start();
    expect(await isAlive(process.pid)).toBe(true);
    expect(JSON.parse(await readFile(join(playground.root, environment, 'processes.json'), 'utf8'))).toEqual([]);
  });

  it('keeps what served before a release that failed, and does not try that release again', async () => {
    const child = await playground.startChild();
    await playground.deploy(await playground.desire('v1', { api: await playground.publish({ version: '1' }) }));
    const bad = await playground.publish({ version: '2', readiness: 'ends' });
    await playground.deploy(await playground.desire('v2', { api: bad }));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.start();
    const status = await playground.until(({ services }) => services[0]?.isReady === true);
    expect(status).toMatchObject({ phase: 'failed', observedGeneration: 2 });
    expect(await playground.ask('api')).toMatchObject({ version: '1' });
    expect((await events(2)).filter((event) => event === 'starting api')).toHaveLength(1);
  });

  it('again and again, wherever it was just then, ends with what was desired last, one process and one accepted line each', async () => {
    let digest = '';
    for (const version of ['1', '2', '3', '4', '5']) {
      const child = await playground.startChild();
      digest = await playground.publish({ version, startDelayMs: 40 });
      await playground.apply(await playground.desire(`v${version}`, { web: digest, api: digest }));
      await delay(Math.random() * 700);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await playground.start();
    const status = await playground.until(({ phase, generation }) => phase === 'available' && generation === 5);
    expect(status.services).toMatchObject([{ digest }, { digest }]);
    expect(await playground.ask('api')).toMatchObject({ version: '5', release: 'v5' });
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(2);
    const accepted = (await readDeploymentLog(playground.environmentFolder)).filter(
      ({ event }) => event === 'accepted',
    );
    const generations = accepted.map(({ generation }) => generation);
    expect(generations).toEqual([...new Set(generations)].sort());
  });
});
