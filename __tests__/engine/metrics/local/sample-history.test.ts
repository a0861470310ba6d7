import { appendFile, mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sample } from '../../../../engine/metrics/local/sample.ts';
import { SampleHistory } from '../../../../engine/metrics/local/sample-history.ts';

const begin = Date.parse('2026-11-20T10:00:00.000Z');
const after = (seconds: number): Date => new Date(begin + seconds * 1000);
const sample = (at: Date, requests = 1): Sample => ({
  at: at.toISOString(),
  seconds: 2,
  watchedSeconds: 2,
  readySeconds: 2,
  gapSeconds: 0,
  countedSeconds: 2,
  requests,
  failed: 0,
  buckets: [[null, requests]],
  restarts: 0,
});
const requestsIn = (samples: readonly Sample[]) => samples.reduce((sum, { requests }) => sum + requests, 0);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the history of samples', () => {
  it('is empty where nothing was ever added', async () => {
    expect(await new SampleHistory(folder).services()).toEqual([]);
    expect(await new SampleHistory(folder).read('api')).toEqual([]);
  });

  it('is read by others as it was added, a file for each service', async () => {
    const history = new SampleHistory(folder);
    await history.add('api', sample(after(0)), after(0));
    await history.add('web', sample(after(0), 7), after(0));
    await history.add('api', sample(after(2), 3), after(2));
    const reader = new SampleHistory(folder);
    expect((await reader.services()).toSorted()).toEqual(['api', 'web']);
    expect(await reader.read('api')).toEqual([sample(after(0)), sample(after(2), 3)]);
  });

  it('stays small while it counts on', async () => {
    const thinning = { wholeSeconds: 20, minutesSeconds: 600, hoursSeconds: 86_400 };
    const history = new SampleHistory(folder, thinning, 50);
    for (let second = 0; second < 2000; second += 2) {
      await history.add('api', sample(after(second)), after(second));
    }
    const kept = await history.read('api');
    expect(requestsIn(kept)).toBe(1000);
    expect(kept.length).toBeLessThan(100);
  });

  it('passes over a line that a death cut short, and adds to the rest', async () => {
    const first = new SampleHistory(folder);
    await first.add('api', sample(after(0)), after(0));
    await first.add('api', sample(after(2)), after(2));
    const file = join(folder, 'metrics/api.jsonl');
    await truncate(file, (await stat(file)).size - 30);
    expect(await first.read('api')).toEqual([sample(after(0))]);
    const second = new SampleHistory(folder);
    await second.add('api', sample(after(4)), after(4));
    expect(await second.read('api')).toEqual([sample(after(0)), sample(after(4))]);
  });

  it('takes no line for a sample that is none', async () => {
    const history = new SampleHistory(folder);
    await history.add('api', sample(after(0)), after(0));
    const file = join(folder, 'metrics/api.jsonl');
    await appendFile(file, '{"at":"yesterday"}\n[]\nnonsense\n{"requests":-1}\n');
    expect(await history.read('api')).toEqual([sample(after(0))]);
  });

  it('is made anew when its folder was taken away', async () => {
    const history = new SampleHistory(folder);
    await history.add('api', sample(after(0)), after(0));
    await rm(join(folder, 'metrics'), { recursive: true });
    await expect(history.add('api', sample(after(2)), after(2))).rejects.toThrow('ENOENT');
    await history.add('api', sample(after(4)), after(4));
    expect(await readFile(join(folder, 'metrics/api.jsonl'), 'utf8')).toContain(after(4).toISOString());
  });
});
