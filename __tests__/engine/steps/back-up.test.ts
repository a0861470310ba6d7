import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { jest } from '@jest/globals';
import { z } from 'zod';
import { alert, observed } from '../../support/memory-metrics.ts';
import { StepWorkbench } from './step-workbench.ts';

jest.setTimeout(60_000);

let bench: StepWorkbench;

beforeEach(async () => {
  bench = await StepWorkbench.open();
  bench.stepSettings = { 'back-up': { folder: 'backups/shop/staging' } };
});
afterEach(async () => {
  await bench.close();
});

async function backUp(): Promise<{ readonly folder: string; readonly read: (name: string) => Promise<string> }> {
  const { output } = await bench.finish('back-up');
  const folder = dirname(z.string().parse(output['location']));
  return { folder, read: (name) => readFile(join(folder, name), 'utf8') };
}

describe('the back-up of a target', () => {
  it('holds its git commit, its configuration, its database and how it does, for its owner alone', async () => {
    const { folder, read } = await backUp();
    expect(folder).toMatch(new RegExp(`backups/shop/staging/${bench.promotion.id}$`));
    const files = (await readdir(folder)).filter((name) => !name.startsWith('.'));
    expect(files.toSorted()).toEqual(['backup.json', 'metrics.json', 'values.yaml']);
    const commit = bench.git('rev-parse', 'env/staging');
    expect(JSON.parse(await read('backup.json'))).toMatchObject({
      environment: 'staging',
      commit,
      database: { id: expect.any(String) as unknown },
    });
    expect(await read('values.yaml')).toBe(bench.git('show', `${commit}:shop/staging/values.yaml`) + '\n');
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    for (let place = folder; !place.endsWith('documents'); place = dirname(place)) {
      expect((await stat(place)).mode & 0o777).toBe(0o700);
    }
  });

  it('holds none where the rules collect no metrics', async () => {
    const collects = { logs: true, metrics: false };
    bench.promotion = { ...bench.promotion, definition: { ...bench.promotion.definition, collects } };
    const { folder } = await backUp();
    expect(await readdir(folder)).not.toContain('metrics.json');
  });

  it('holds a snapshot of its metrics: services, alerts and traffic just now and over a day', async () => {
    bench.metrics.observations = {
      staging: (span) => ({ services: [observed('api', span, { requests: 500, failed: 3, p95Ms: 120 })] }),
    };
    bench.metrics.alerts = { staging: { evaluatedAt: new Date(0), alerts: [alert('api/slow')] } };
    bench.deployment.traffic = { requests: 12, failed: 1 };
    const { read } = await backUp();
    expect(JSON.parse(await read('metrics.json'))).toMatchObject({
      environment: 'staging',
      at: bench.clock.now().toISOString(),
      lastFifteenMinutes: { services: [{ service: 'api', requests: 500, failed: 3, p95Ms: 120, watchedSeconds: 900 }] },
      lastDay: { services: [{ service: 'api', watchedSeconds: 86_400 }] },
      alerts: { alerts: [{ id: 'api/slow', severity: 'critical' }] },
      deployment: { phase: 'available', traffic: { requests: 12, failed: 1 }, services: [{ name: 'api' }] },
    });
  });

  it('is taken all the same when nothing can be read of the metrics, and says so', async () => {
    bench.metrics.openAlerts = () => Promise.reject(new Error('the monitor is away'));
    const { read } = await backUp();
    expect(JSON.parse(await read('metrics.json'))).toMatchObject({ alerts: { unknown: 'the monitor is away' } });
    expect(bench.logs).toContain('the alerts of staging cannot be read: the monitor is away');
  });

  it('is found by what takes the promotion back, wherever the rules have put it', async () => {
    await bench.before('deploy');
    await bench.attempt('promote-flags', 'compensate');
    const { flags } = await bench.ports.flags.read('staging', new AbortController().signal);
    expect(flags).toEqual([expect.objectContaining({ key: 'old-flag', description: 'as it was' })]);
  });
});
