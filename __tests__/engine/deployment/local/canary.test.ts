import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readDeploymentLog } from '../../../../engine/deployment/local/deployment-log.ts';
import type { DeploymentStatus } from '../../../../engine/deployment/deployment-target.ts';
import { LoadClient } from './load-client.ts';
import { eventually, isAlive, Playground } from './playground.ts';
import { sendRequests } from './share-client.ts';
import type { TinyService } from './tiny-images.ts';

jest.setTimeout(90_000);

let playground: Playground;

beforeEach(async () => {
  playground = await Playground.open();
});

afterEach(async () => {
  await playground.close();
});

async function events(generation: number): Promise<string[]> {
  return (await readDeploymentLog(playground.environmentFolder))
    .filter((event) => event.generation === generation)
    .map(({ event, service }) => (service === undefined ? event : `${event} ${service}`));
}

function addressOf(status: DeploymentStatus, service = 'api'): string {
  const found = status.services.find(({ name }) => name === service);
  if (found === undefined) throw new Error(`${service} has no address`);
  return found.url;
}

/** Runs `1` and, beside it, `2` with the given share. */
async function tryBeside(
  percentage: number,
  second: Partial<TinyService> = {},
  first: Partial<TinyService> = {},
): Promise<{ status: DeploymentStatus; url: string; old: string; fresh: string; pid: number }> {
  const old = await playground.publish({ version: '1', ...first });
  const fresh = await playground.publish({ version: '2', ...second });
  await playground.deploy(await playground.desire('v1', { api: old }));
  const { pid } = await playground.ask('api');
  const desired = await playground.desire('v2', { api: fresh });
  const status = await playground.deploy({ ...desired, canaryPercentage: percentage });
  return { status, url: addressOf(status), old, fresh, pid };
}

async function counted(requests: number): Promise<DeploymentStatus> {
  return playground.until(
    ({ canary }) => (canary?.canary.requests ?? 0) + (canary?.baseline.requests ?? 0) >= requests,
  );
}

describe('a canary', () => {
  it('is started beside what serves, and says so when it is ready', async () => {
    await playground.start();
    const { status, old, fresh, pid } = await tryBeside(10);
    expect(status).toMatchObject({
      phase: 'available',
      desired: { release: 'v2', canaryPercentage: 10 },
      services: [{ name: 'api', digest: old, isReady: true }],
      canary: {
        percentage: 10,
        services: [{ name: 'api', digest: fresh, isReady: true, restarts: 0 }],
        canary: { requests: 0, failed: 0, meanResponseTimeMs: undefined },
      },
    });
    expect(await isAlive(pid)).toBe(true);
    expect(await events(2)).toEqual(['accepted', 'starting api', 'ready api', 'canary-ready api', 'available']);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(2);
  });

  it.each([1, 10, 50, 99])(
    'of %i %% gets that share of the requests of users who keep their connections',
    async (share) => {
      await playground.start();
      const { url } = await tryBeside(share);
      const tally = await sendRequests(url, 1_000);
      expect(Math.abs(tally.count('2', 200) - share * 10)).toBeLessThanOrEqual(5);
      expect(tally.count('1', 200) + tally.count('2', 200)).toBe(1_000);
      const { canary, traffic } = await counted(1_000);
      expect(canary?.canary).toMatchObject({ requests: tally.count('2', 200), failed: 0 });
      expect(canary?.baseline).toMatchObject({ requests: tally.count('1', 200), failed: 0 });
      expect(canary?.baseline.meanResponseTimeMs).toBeGreaterThan(0);
      expect(traffic).toEqual({ requests: 1_000, failed: 0 });
    },
  );

  it('that answers with errors does so to its share alone, and goes without harming what served', async () => {
    await playground.start();
    const { url, old, pid } = await tryBeside(20, { status: 500 });
    const tally = await sendRequests(url, 500);
    expect(Object.keys(tally.all).sort()).toEqual(['1 200', '2 500']);
    expect(Math.abs(tally.count('2', 500) - 100)).toBeLessThanOrEqual(5);
    const { canary } = await counted(500);
    expect(canary?.canary).toMatchObject({ requests: tally.count('2', 500), failed: tally.count('2', 500) });
    expect(canary?.baseline).toMatchObject({ requests: tally.count('1', 200), failed: 0 });

    const back = await playground.deploy(await playground.desire('v1', { api: old }));
    expect(back).toMatchObject({ phase: 'available', services: [{ digest: old, restarts: 0 }] });
    expect(back.canary).toBeUndefined();
    expect((await sendRequests(url, 100)).all).toEqual({ '1 200': 100 });
    expect((await playground.ask('api')).pid).toBe(pid);
    expect(await events(3)).toEqual(['accepted', 'canary-ended api', 'drained api', 'stopped api', 'available']);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
  });

  it('costs users who never stop no request: not when it starts, not when it is taken back, not when it gets everything', async () => {
    await playground.start();
    const [old, fresh] = [await playground.publish({ version: '1' }), await playground.publish({ version: '2' })];
    const first = await playground.desire('v1', { api: old });
    const users = new LoadClient(addressOf(await playground.deploy(first)), 8);
    const second = await playground.desire('v2', { api: fresh });
    for (const desired of [
      { ...second, canaryPercentage: 30 },
      first,
      { ...second, canaryPercentage: 30 },
      { ...second, canaryPercentage: 70 },
      second,
    ]) {
      const before = users.answered;
      expect(await playground.deploy(desired)).toMatchObject({ phase: 'available' });
      await eventually(async () => (users.answered > before + 100 ? true : undefined));
    }
    await users.stop();
    expect(users.failures).toEqual([]);
    expect([...users.versions].sort()).toEqual(['1', '2']);
    const accepted = (await readDeploymentLog(playground.environmentFolder)).filter(
      ({ event }) => event === 'accepted',
    );
    expect(accepted.map(({ generation }) => generation)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gets all requests without being started again, and only then the old instance ends', async () => {
    await playground.start();
    const { url, fresh, pid } = await tryBeside(50);
    const canary = await eventually(async () => {
      const answer = await playground.ask('api');
      return answer.version === '2' ? answer.pid : undefined;
    });
    const status = await playground.deploy(await playground.desire('v2', { api: fresh }));
    expect(status.services).toMatchObject([{ digest: fresh, isReady: true }]);
    expect(status.canary).toBeUndefined();
    expect((await sendRequests(url, 50)).all).toEqual({ '2 200': 50 });
    expect((await playground.ask('api')).pid).toBe(canary);
    expect(await isAlive(pid)).toBe(false);
    expect(await events(3)).toEqual(['accepted', 'shifted api', 'drained api', 'stopped api', 'available']);
  });

  it('may change its share while it runs', async () => {
    await playground.start();
    const { url, fresh } = await tryBeside(10);
    const more = { ...(await playground.desire('v2', { api: fresh })), canaryPercentage: 40 };
    expect(await playground.deploy(more)).toMatchObject({ canary: { percentage: 40, canary: { requests: 0 } } });
    const tally = await sendRequests(url, 500);
    expect(Math.abs(tally.count('2', 200) - 200)).toBeLessThanOrEqual(5);
    expect(await events(3)).toEqual(['accepted', 'canary-ready api', 'available']);
  });

  it('makes room for that of another release', async () => {
    await playground.start();
    const { url } = await tryBeside(50);
    const third = await playground.publish({ version: '3' });
    const status = await playground.deploy({
      ...(await playground.desire('v3', { api: third })),
      canaryPercentage: 50,
    });
    expect(status.canary?.services).toMatchObject([{ digest: third }]);
    expect(Object.keys((await sendRequests(url, 100)).all).sort()).toEqual(['1 200', '3 200']);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(2);
  });

  it('that crashes leaves its requests to what served, is counted, and comes back to its share', async () => {
    await playground.start({ restartBackoffSeconds: 3 });
    const { url } = await tryBeside(99);
    await expect(playground.ask('api', '/crash')).rejects.toThrow('502');
    await eventually(async () => ((await sendRequests(url, 20)).count('1', 200) === 20 ? true : undefined));
    const status = await playground.until(({ canary }) => {
      const [service] = canary?.services ?? [];
      return service?.restarts === 1 && service.isReady;
    });
    expect(status.canary?.canary.failed).toBeGreaterThan(0);
    expect(status.canary?.baseline.failed).toBe(0);
    expect(status.services).toMatchObject([{ restarts: 0 }]);
    expect((await sendRequests(url, 100)).count('2', 200)).toBeGreaterThan(90);
  });
});

describe('a release of several services', () => {
  it('shares the requests of those that it changes alone, and keeps what only the old release has', async () => {
    await playground.start();
    const [one, two] = [await playground.publish({ version: '1' }), await playground.publish({ version: '2' })];
    await playground.deploy(await playground.desire('v1', { web: one, catalogue: one, worker: one }));
    const worker = await playground.ask('worker');
    const status = await playground.deploy({
      ...(await playground.desire('v2', { web: two, catalogue: one, search: two })),
      canaryPercentage: 50,
    });
    expect(status.canary?.services.map(({ name }) => name)).toEqual(['web']);
    expect(status.services).toMatchObject([
      { name: 'web', digest: one },
      { name: 'catalogue', digest: one },
      { name: 'search', digest: two, isReady: true },
    ]);
    expect(await isAlive(worker.pid)).toBe(true);
    const back = await playground.deploy(await playground.desire('v1', { web: one, catalogue: one, worker: one }));
    expect(back.services).toMatchObject([{ digest: one }, { digest: one }, { digest: one }]);
    expect((await playground.ask('worker')).pid).toBe(worker.pid);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(3);
  });

  it('is met by nobody when one of its instances does not become ready', async () => {
    await playground.start({ startupTimeoutSeconds: 1 });
    const one = await playground.publish({ version: '1' });
    const [two, bad] = [
      await playground.publish({ version: '2' }),
      await playground.publish({ version: '2', readiness: 'never' }),
    ];
    await playground.deploy(await playground.desire('v1', { web: one, api: one }));
    const status = await playground.deploy({
      ...(await playground.desire('v2', { web: two, api: bad })),
      canaryPercentage: 50,
    });
    expect(status).toMatchObject({ phase: 'failed', services: [{ digest: one }, { digest: one }] });
    expect(status.message).toMatch(/^api: not ready after 1 s/);
    expect((await sendRequests(addressOf(status, 'web'), 50)).all).toEqual({ '1 200': 50 });
    expect(await events(2)).not.toContain('canary-ready web');
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(2);
  });

  it('that replaces nothing is run whole: there is nobody to share with', async () => {
    await playground.start();
    const digest = await playground.publish({ version: '1' });
    const desired = { ...(await playground.desire('v1', { api: digest })), canaryPercentage: 10 };
    const status = await playground.deploy(desired);
    expect(status).toMatchObject({ phase: 'available', services: [{ digest, isReady: true }] });
    expect(status.canary).toMatchObject({ percentage: 10, services: [], canary: { requests: 0 } });
    expect((await sendRequests(addressOf(status), 20)).all).toEqual({ '1 200': 20 });
  });
});

describe('a newer generation', () => {
  it('supersedes a canary that is still starting, whose instance never gets a request', async () => {
    await playground.start();
    const old = await playground.publish({ version: '1' });
    const first = await playground.desire('v1', { api: old });
    const { pid } = await playground.deploy(first).then(() => playground.ask('api'));
    const never = await playground.publish({ version: '2', readiness: 'never' });
    await playground.apply({ ...(await playground.desire('v2', { api: never })), canaryPercentage: 50 });
    await eventually(async () => ((await events(2)).includes('starting api') ? true : undefined));
    const status = await playground.deploy(first);
    expect(status).toMatchObject({ generation: 3, phase: 'available', services: [{ digest: old }] });
    expect((await playground.ask('api')).pid).toBe(pid);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
  });
});

describe('a platform that is killed in the middle of a canary', () => {
  it('brings both sides and the share back, goes on counting, and accepts nothing twice', async () => {
    const child = await playground.startChild();
    const { url, old, fresh } = await tryBeside(25);
    const before = await sendRequests(url, 200);
    await counted(200);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Once more, before the canary is back.
    const second = await playground.startChild();
    second.kill('SIGKILL');
    await once(second, 'exit');
    const orphaned = await playground.status();
    expect(orphaned).toMatchObject({ phase: 'progressing', canary: { services: [{ isReady: false }] } });

    await playground.start();
    const status = await playground.until(({ phase }) => phase === 'available');
    expect(status).toMatchObject({
      generation: 2,
      services: [{ digest: old, isReady: true }],
      canary: { percentage: 25, services: [{ digest: fresh, isReady: true }] },
    });
    expect(status.canary?.canary.requests).toBe(before.count('2', 200));
    const after = await sendRequests(url, 400);
    expect(Math.abs(after.count('2', 200) - 100)).toBeLessThanOrEqual(5);
    expect(after.count('1', 200) + after.count('2', 200)).toBe(400);
    const { canary } = await counted(600);
    expect(canary?.canary.requests).toBe(before.count('2', 200) + after.count('2', 200));
    expect((await events(2)).filter((event) => event === 'accepted')).toHaveLength(1);
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(2);
  });

  it('does not give the canary the share of an old instance that takes longer to come back', async () => {
    const child = await playground.startChild();
    const { url } = await tryBeside(25, {}, { startDelayMs: 1_500 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.start();
    const status = await playground.until(({ phase }) => phase === 'available');
    expect(status.services).toMatchObject([{ isReady: true }]);
    expect(Math.abs((await sendRequests(url, 200)).count('2', 200) - 50)).toBeLessThanOrEqual(5);
  });

  it.each(['shifts', 'takes back'])('finds out what was desired meanwhile, and %s', async (way) => {
    const child = await playground.startChild();
    const { url, old, fresh } = await tryBeside(50);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const digest = way === 'shifts' ? fresh : old;
    await playground.apply(await playground.desire(way === 'shifts' ? 'v2' : 'v1', { api: digest }));
    await playground.start();
    const status = await playground.until(({ phase, generation }) => phase === 'available' && generation === 3);
    expect(status.services).toMatchObject([{ digest, isReady: true }]);
    expect((await sendRequests(url, 50)).all).toEqual({ [way === 'shifts' ? '2 200' : '1 200']: 50 });
    expect(JSON.parse(await playground.file('processes.json'))).toHaveLength(1);
  });
});
