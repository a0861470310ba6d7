import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readDeploymentLog } from '../../../../engine/deployment/local/deployment-log.ts';
import type { DeploymentStatus } from '../../../../engine/deployment/deployment-target.ts';
import { LoadClient } from './load-client.ts';
import { eventually, isAlive, Playground } from './playground.ts';
import { sendRequests } from './share-client.ts';
import { tinyAnswerSchema } from './tiny-images.ts';

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

const addressOf = (status: DeploymentStatus, service = 'api'): string =>
  status.services.find(({ name }) => name === service)?.url ?? '';
const processes = async (): Promise<number> => {
  const listed: unknown = JSON.parse(await playground.file('processes.json'));
  return Array.isArray(listed) ? listed.length : 0;
};

/** Two services in two versions, the first of which runs. */
async function twoVersions(startDelayMs = 0) {
  const [old, fresh] = [
    await playground.publish({ version: '1' }),
    await playground.publish({ version: '2', startDelayMs }),
  ];
  const first = await playground.desire('v1', { api: old, web: old });
  const second = await playground.desire('v2', { api: fresh, web: fresh });
  const status = await playground.deploy(first);
  return { old, fresh, first, second, url: addressOf(status), web: addressOf(status, 'web') };
}

describe('a release that runs beside what serves', () => {
  it('is whole and ready there, says where it can be looked at, and gets no request', async () => {
    await playground.start();
    const { old, fresh, second, url } = await twoVersions();
    const status = await playground.deploy({ ...second, stage: 'beside' });
    expect(status).toMatchObject({
      phase: 'available',
      services: [
        { name: 'api', digest: old },
        { name: 'web', digest: old },
      ],
      beside: [
        { name: 'api', digest: fresh, isReady: true, restarts: 0 },
        { name: 'web', digest: fresh, isReady: true, restarts: 0 },
      ],
    });
    expect((await sendRequests(url, 50)).all).toEqual({ '1 200': 50 });
    const own = status.beside?.[0]?.url ?? '';
    expect(own).not.toBe(url);
    expect(tinyAnswerSchema.parse(await (await fetch(own)).json())).toMatchObject({ version: '2', release: 'v2' });
    expect(await events(2)).toEqual([
      'accepted',
      'starting api',
      'ready api',
      'starting web',
      'ready web',
      'available',
    ]);
  });

  it('goes again, and never served, when one of its services does not become ready', async () => {
    await playground.start({ startupTimeoutSeconds: 1 });
    const { old, fresh, first, url } = await twoVersions();
    const never = await playground.publish({ version: '3', readiness: 'never' });
    const status = await playground.deploy({
      ...(await playground.desire('v3', { api: fresh, web: never })),
      stage: 'beside',
    });
    expect(status).toMatchObject({ phase: 'failed', services: [{ digest: old }, { digest: old }] });
    expect(status.message).toMatch(/^web: not ready after 1 s/);
    expect((await sendRequests(url, 20)).all).toEqual({ '1 200': 20 });
    expect(await processes()).toBe(2);
    expect(await playground.deploy(first)).toMatchObject({ phase: 'available' });
  });
});

describe('a switch', () => {
  it('moves the requests of all services at once, keeps what served, and costs users who never stop nothing', async () => {
    await playground.start();
    const { old, fresh, second, url } = await twoVersions();
    const users = new LoadClient(url, 3);
    const { pid } = await playground.ask('api');
    await playground.deploy({ ...second, stage: 'beside' });
    const status = await playground.deploy({ ...second, stage: 'switched' });
    expect(status).toMatchObject({
      phase: 'available',
      services: [
        { digest: fresh, isReady: true },
        { digest: fresh, isReady: true },
      ],
      beside: [
        { name: 'api', digest: old, isReady: true },
        { name: 'web', digest: old, isReady: true },
      ],
    });
    expect(await isAlive(pid)).toBe(true);
    expect(await events(3)).toEqual(['accepted', 'shifted api', 'shifted web', 'kept api', 'kept web', 'available']);

    const done = await playground.deploy(second);
    expect(done.beside).toBeUndefined();
    expect(await isAlive(pid)).toBe(false);
    expect(await processes()).toBe(2);
    expect((await events(4)).filter((event) => event.startsWith('starting'))).toEqual([]);
    await eventually(async () => (users.versions.has('2') ? true : undefined));
    await users.stop();
    expect(users.failures).toEqual([]);
  });

  it('back takes no time: nothing is started, and no request is lost', async () => {
    await playground.start();
    const { old, first, second, url } = await twoVersions();
    const { pid } = await playground.ask('api');
    await playground.deploy({ ...second, stage: 'beside' });
    await playground.deploy({ ...second, stage: 'switched' });
    const users = new LoadClient(url, 3);
    await eventually(async () => (users.answered > 50 ? true : undefined));
    const back = await playground.deploy(first);
    expect(back).toMatchObject({ phase: 'available', services: [{ digest: old }, { digest: old }] });
    expect(back.beside).toBeUndefined();
    expect((await playground.ask('api')).pid).toBe(pid);
    const log = await events(4);
    expect(log.slice(0, 3)).toEqual(['accepted', 'shifted api', 'shifted web']);
    expect(log.filter((event) => event.startsWith('starting'))).toEqual([]);
    await users.stop();
    expect(users.failures).toEqual([]);
    expect(await processes()).toBe(2);
  });

  it('without a stage before it starts everything beside first, and of nothing before it simply serves', async () => {
    await playground.start();
    const digest = await playground.publish({ version: '1' });
    const only = { ...(await playground.desire('v1', { api: digest })), stage: 'switched' } as const;
    expect(await playground.deploy(only)).toMatchObject({ phase: 'available', services: [{ digest }], beside: [] });
    const next = await playground.publish({ version: '2' });
    const status = await playground.deploy({
      ...(await playground.desire('v2', { api: next })),
      stage: 'switched',
    });
    expect(status).toMatchObject({ services: [{ digest: next }], beside: [{ digest }] });
    const third = await playground.publish({ version: '3' });
    const again = await playground.deploy({
      ...(await playground.desire('v3', { api: third })),
      stage: 'switched',
    });
    expect(again).toMatchObject({ services: [{ digest: third }], beside: [{ digest: next }] });
    expect(await processes()).toBe(2);
  });
});

describe('a platform that is killed', () => {
  it('while it starts a release beside goes on with that, and what serves comes back', async () => {
    const child = await playground.startChild();
    const { old, fresh, second, url } = await twoVersions(1_000);
    await playground.apply({ ...second, stage: 'beside' });
    await eventually(async () => ((await events(2)).includes('starting api') ? true : undefined));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.start();
    const status = await playground.until(({ phase }) => phase === 'available');
    expect(status).toMatchObject({
      services: [{ digest: old }, { digest: old }],
      beside: [{ digest: fresh }, { digest: fresh }],
    });
    expect((await sendRequests(url, 20)).all).toEqual({ '1 200': 20 });
  });

  it('after the switch brings both back, so that it can still be switched back at once', async () => {
    const child = await playground.startChild();
    const { old, fresh, first, second } = await twoVersions();
    await playground.deploy({ ...second, stage: 'switched' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.start();
    const ready = ({ phase, beside = [] }: DeploymentStatus): boolean =>
      phase === 'available' && beside.length === 2 && beside.every(({ isReady }) => isReady);
    expect(await playground.until(ready)).toMatchObject({
      services: [{ digest: fresh }, { digest: fresh }],
      beside: [{ digest: old }, { digest: old }],
    });
    expect(await processes()).toBe(4);
    await playground.deploy(first);
    expect((await events(3)).filter((event) => event.startsWith('starting'))).toEqual([]);
    expect(await playground.ask('web')).toMatchObject({ version: '1' });
    expect(await processes()).toBe(2);
  });

  it('again and again, wherever it was just then, ends with what was desired last', async () => {
    const { first, second } = await (async () => {
      const child = await playground.startChild();
      const made = await twoVersions(40);
      child.kill('SIGKILL');
      await once(child, 'exit');
      return made;
    })();
    for (const desired of [
      { ...second, stage: 'beside' } as const,
      { ...second, stage: 'switched' } as const,
      first,
      { ...second, stage: 'switched' } as const,
      second,
    ]) {
      const child = await playground.startChild();
      const generation = await playground.apply(desired);
      await eventually(async () => ((await events(generation)).includes('accepted') ? true : undefined));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await playground.start();
    await playground.until(({ phase }) => phase === 'available');
    expect(await playground.ask('api')).toMatchObject({ version: '2', release: 'v2' });
    expect(await playground.ask('web')).toMatchObject({ version: '2', release: 'v2' });
    expect(await processes()).toBe(2);
  });
});
