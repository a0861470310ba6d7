import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DeploymentLog, readDeploymentLog } from '../../../../engine/deployment/local/deployment-log.ts';
import { VirtualClock } from '../../../../engine/workflow/clock.ts';

const clock = new VirtualClock(new Date('2026-01-01T00:00:00Z'));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'witness-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the deployment log', () => {
  it('is JSON lines with the time of each event', async () => {
    const log = await DeploymentLog.open(folder, clock);
    await log.accept(1);
    await log.add({ generation: 1, event: 'failed', message: 'line\nbreak' });
    expect(await readFile(join(folder, 'deployment.log'), 'utf8')).toBe(
      '{"at":"2026-01-01T00:00:00.000Z","generation":1,"event":"accepted"}\n' +
        '{"at":"2026-01-01T00:00:00.000Z","generation":1,"event":"failed","message":"line\\nbreak"}\n',
    );
  });

  it('accepts each generation once, in this life and all later ones', async () => {
    const log = await DeploymentLog.open(folder, clock);
    expect(await Promise.all([log.accept(1), log.accept(1), log.accept(2)])).toEqual([true, false, true]);
    const later = await DeploymentLog.open(folder, clock);
    expect(await Promise.all([later.accept(2), later.accept(3)])).toEqual([false, true]);
    expect((await readDeploymentLog(folder)).map(({ generation }) => generation)).toEqual([1, 2, 3]);
  });

  it('loses no later event to a line that was cut short', async () => {
    const log = await DeploymentLog.open(folder, clock);
    await log.accept(1);
    await appendFile(join(folder, 'deployment.log'), '{"at":"2026-01-01T00:00:00.000Z","gener');
    const later = await DeploymentLog.open(folder, clock);
    await later.accept(2);
    expect((await readDeploymentLog(folder)).map(({ generation }) => generation)).toEqual([1, 2]);
  });
});
