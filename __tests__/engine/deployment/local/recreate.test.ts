import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readDeploymentLog } from '../../../../engine/deployment/local/deployment-log.ts';
import { eventually, isAlive, Playground } from './playground.ts';
import { sendRequests } from './share-client.ts';

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

async function running() {
  const [old, fresh] = [await playground.publish({ version: '1' }), await playground.publish({ version: '2' })];
  const first = await playground.desire('v1', { api: old, web: old });
  const second = await playground.desire('v2', { api: fresh, web: fresh });
  const status = await playground.deploy(first);
  return { first, second, fresh, url: status.services[0]?.url ?? '' };
}

describe('an environment that is stopped', () => {
  it('answers what it has, then stops callers before those they call, and refuses the rest at its address', async () => {
    await playground.start();
    const { second, url } = await running();
    const pids = [(await playground.ask('api')).pid, (await playground.ask('web')).pid];
    const slow = playground.ask('api', '/?ms=1000');
    await playground.until(({ traffic }) => traffic.requests === 3);
    const stopped = await playground.deploy({ ...second, stage: 'stopped' });
    expect(await slow).toMatchObject({ version: '1' });
    expect(stopped).toMatchObject({
      phase: 'available',
      services: [
        { name: 'api', digest: undefined, isReady: false, url },
        { name: 'web', digest: undefined, isReady: false },
      ],
    });
    for (const pid of pids) expect(await isAlive(pid)).toBe(false);
    expect(JSON.parse(await playground.file('processes.json'))).toEqual([]);
    expect(await events(2)).toEqual([
      'accepted',
      'drained web',
      'stopped web',
      'drained api',
      'stopped api',
      'available',
    ]);

    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    await playground.until(({ traffic }) => traffic.failed === 1);
  });

  it('starts again with another release at the same address, and goes on counting what it refused', async () => {
    await playground.start();
    const { second, fresh, url } = await running();
    await playground.deploy({ ...second, stage: 'stopped' });
    expect((await sendRequests(url, 10)).all).toEqual({ 'none 503': 10 });
    await playground.until(({ traffic }) => traffic.failed === 10);
    const status = await playground.deploy(second);
    expect(status).toMatchObject({
      phase: 'available',
      services: [{ digest: fresh, url }, { digest: fresh }],
      traffic: { requests: 10, failed: 10 },
    });
    expect((await sendRequests(url, 10)).all).toEqual({ '2 200': 10 });
    expect((await events(3)).filter((event) => event.startsWith('shifted'))).toEqual(['shifted api', 'shifted web']);
  });

  it('is seen to be down by whoever watches it', async () => {
    await playground.start({ metricsIntervalSeconds: 0.1 });
    const { second } = await running();
    await playground.deploy({ ...second, stage: 'stopped' });
    await eventually(async () => {
      const samples = await playground.file('metrics/api.jsonl');
      const last = samples.trim().split('\n').at(-1) ?? '';
      return last.includes('"readySeconds":0') ? true : undefined;
    });
  });
});

describe('a platform that is killed while everything is to be stopped', () => {
  it('stops what it finds and starts nothing', async () => {
    const child = await playground.startChild();
    const { first, second } = await running();
    const { pid } = await playground.ask('api');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.apply({ ...second, stage: 'stopped' });
    await playground.start();
    await playground.until(({ phase, observedGeneration }) => phase === 'available' && observedGeneration === 2);
    expect(await isAlive(pid)).toBe(false);
    expect(JSON.parse(await playground.file('processes.json'))).toEqual([]);
    await playground.deploy(first);
    expect(await playground.ask('web')).toMatchObject({ version: '1' });
  });

  it('stays stopped when it is started again afterwards', async () => {
    const child = await playground.startChild();
    const { second } = await running();
    await playground.deploy({ ...second, stage: 'stopped' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await playground.start();
    const status = await playground.until(({ phase }) => phase === 'available');
    expect(status.services).toMatchObject([{ isReady: false }, { isReady: false }]);
    expect(JSON.parse(await playground.file('processes.json'))).toEqual([]);
    expect(await events(2)).not.toContain('starting api');
  });
});
