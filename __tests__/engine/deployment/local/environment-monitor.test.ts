import { jest } from '@jest/globals';
import { readAlerts } from '../../../../engine/metrics/local/alert-record.ts';
import { LocalMetricsSource } from '../../../../engine/metrics/local/local-metrics-source.ts';
import type { EnvironmentObservation } from '../../../../engine/metrics/metrics-source.ts';
import { environment, eventually, Playground } from './playground.ts';
import type { TinyService } from './tiny-images.ts';

jest.setTimeout(120_000);

const { signal } = new AbortController();
const quick = { metricsIntervalSeconds: 0.1 };

let playground: Playground;
let began: Date;
beforeEach(async () => {
  began = new Date();
  playground = await Playground.open();
});
afterEach(async () => {
  await playground.close();
});

const observe = (to = new Date()): Promise<EnvironmentObservation> =>
  new LocalMetricsSource(playground.root).observe(environment, { from: began, to }, signal);
async function api() {
  return (await observe()).services.find(({ service }) => service === 'api');
}
async function deployed(release: string, service: TinyService = { version: release }) {
  return playground.deploy(await playground.desire(release, { api: await playground.publish(service) }));
}
async function ask(times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) await playground.ask('api');
}

describe('the local platform', () => {
  it('measures what its services do, and what their processes use', async () => {
    await playground.start(quick);
    await deployed('v1');
    await ask(30);
    const seen = await eventually(async () => {
      const found = await api();
      return found?.requests === 30 ? found : undefined;
    });
    expect(seen).toMatchObject({ failed: 0, restarts: 0 });
    expect(seen.p95Ms).toBeGreaterThan(0);
    expect(seen.p95Ms).toBeLessThanOrEqual(500);
    expect(seen.residentBytes).toBeGreaterThan(10_000_000);
    expect(seen.cpuPercent).toBeGreaterThan(0);
    expect(seen.readySeconds).toBe(seen.watchedSeconds);
    expect(seen.countedSeconds).toBe(seen.watchedSeconds);
  });

  it('counts each request once when a release takes over from another, down to the last', async () => {
    await playground.start(quick);
    await deployed('v1');
    await ask(10);
    await deployed('v2');
    await ask(5);
    await deployed('v1');
    await ask(7);
    await eventually(async () => ((await api())?.requests === 22 ? true : undefined));
  });

  it('counts what fails, the requests that nobody was there to answer included', async () => {
    await playground.start(quick);
    await deployed('v1', { version: 'v1', status: 500 });
    for (let index = 0; index < 4; index += 1) await playground.ask('api').catch(() => undefined);
    await eventually(async () => ((await api())?.failed === 4 ? true : undefined));
    // The connection ends with the process, so this request breaks off.
    await playground.ask('api', '/crash').catch(() => undefined);
    const seen = await eventually(async () => {
      const found = await api();
      return found?.restarts === 1 && found.failed >= 5 ? found : undefined;
    });
    expect(seen.requests).toBe(seen.failed);
  });

  it.each(['nonsense', 'endless'] as const)('does not count by metrics that are %s', async (metrics) => {
    await playground.start({ ...quick, probeTimeoutSeconds: 0.5 });
    await deployed('v1', { version: 'v1', metrics });
    await ask(3);
    const seen = await eventually(async () => {
      const found = await api();
      return found !== undefined && found.watchedSeconds > 0.5 ? found : undefined;
    });
    expect(seen).toMatchObject({ requests: 0, countedSeconds: 0 });
  });

  it('has watched the time that passed at once when the clock was moved, by one real look', async () => {
    let aheadMs = 0;
    const clock = { now: () => new Date(Date.now() + aheadMs) };
    const platform = await playground.start({ metricsIntervalSeconds: 60 }, undefined, undefined, clock);
    await deployed('v1');
    await ask(7);
    aheadMs = 300_000;
    await platform.passTime(300);
    const seen = (await observe(clock.now())).services.find(({ service }) => service === 'api');
    expect(seen).toMatchObject({ watchedSeconds: 300, readySeconds: 300, requests: 7 });
    expect(seen?.lastSeenAt?.getTime()).toBeGreaterThan(Date.now() + 299_000);
  });

  it('calls neither up nor down what it did not see, because it was not there', async () => {
    const first = await playground.start(quick);
    await deployed('v1');
    await ask(8);
    await eventually(async () => ((await api())?.requests === 8 ? true : undefined));
    await first.stop();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await playground.start(quick);
    await playground.until(({ phase }) => phase === 'available');
    await ask(2);
    const seen = await eventually(async () => {
      const found = await api();
      return found?.requests === 10 ? found : undefined;
    });
    expect(seen.longestGapSeconds).toBeGreaterThan(1.5);
    expect(seen.readySeconds).toBe(seen.watchedSeconds);
    expect(seen.watchedSeconds).toBeLessThan((Date.now() - began.getTime()) / 1000 - 1.5);
  });

  it('holds an alert open while there is reason for it, also when it is started again', async () => {
    const rules = { criticalServices: ['api'], objectives: { errorRatePercent: 1, windowSeconds: 3600 } };
    const alertRules = async () => rules;
    const folder = playground.environmentFolder;
    const first = await playground.start(quick, undefined, alertRules);
    await deployed('v1', { version: 'v1', status: 500 });
    const open = async () => (await readAlerts(folder)).alerts[0];
    expect(await open()).toBeUndefined();
    for (let index = 0; index < 25; index += 1) await playground.ask('api').catch(() => undefined);
    const raised = await eventually(open);
    expect(raised).toMatchObject({ id: 'api/errors-critical', severity: 'critical' });
    await first.stop();
    await playground.start(quick, undefined, alertRules);
    const evaluatedAt = (await readAlerts(folder)).evaluatedAt?.getTime() ?? 0;
    await eventually(async () =>
      ((await readAlerts(folder)).evaluatedAt?.getTime() ?? 0) > evaluatedAt ? true : undefined,
    );
    expect((await open())?.since).toEqual(raised.since);
  });

  it('alerts nobody where nothing is promised, and does not pretend that it has looked', async () => {
    await playground.start(quick);
    await deployed('v1', { version: 'v1', status: 500 });
    await eventually(async () => ((await api())?.watchedSeconds ?? 0) > 0.3 || undefined);
    expect(await new LocalMetricsSource(playground.root).openAlerts(environment, signal)).toEqual({
      evaluatedAt: undefined,
      alerts: [],
    });
  });
});

it('an environment that was never watched has no observation', async () => {
  expect(await observe()).toEqual({ knownSince: undefined, services: [] });
  await expect(new LocalMetricsSource(playground.root).openAlerts('../secrets', signal)).rejects.toThrow('DNS label');
});
