import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readProcessUsage, secondsOf } from '../../../../engine/deployment/local/process-usage.ts';

describe('what a process uses', () => {
  it('is read of a living one, and grows as it works', async () => {
    const before = await readProcessUsage(process.pid);
    const until = process.cpuUsage().user + 150_000;
    while (process.cpuUsage().user < until) Math.sqrt(Math.random());
    const after = await readProcessUsage(process.pid);
    expect(before?.residentBytes).toBeGreaterThan(10_000_000);
    expect((after?.cpuSeconds ?? 0) - (before?.cpuSeconds ?? 0)).toBeGreaterThan(0.05);
  });

  it('is not known of one that is gone', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(await readProcessUsage(child.pid ?? 0)).toBeUndefined();
  });

  it.each([
    ['0:07.31', 7.31],
    ['12:05', 725],
    ['1:02:03', 3723],
    ['2-01:00:00', 176_400],
    ['soon', Number.NaN],
  ])('ps prints %s: %d s', (time, seconds) => {
    expect(secondsOf(time)).toBe(seconds);
  });
});
