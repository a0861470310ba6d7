import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startOfProcess } from '../../../engine/storage/process-liveness.ts';
import { ProcessLock } from '../../../engine/storage/process-lock.ts';

const timeoutSeconds = 30;
let folder: string;
let lock: ProcessLock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  lock = new ProcessLock(join(folder, 'claims'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Adds one to a number in a file, by itself a race, `times` times under the lock; or takes the lock and dies. */
function otherProcess(what: 'count' | 'die', times = 0) {
  const script = `
    import { readFile, writeFile } from 'node:fs/promises';
    import { ProcessLock } from ${JSON.stringify(join(import.meta.dirname, '../../../engine/storage/process-lock.ts'))};
    const lock = new ProcessLock(${JSON.stringify(join(folder, 'claims'))});
    const file = ${JSON.stringify(join(folder, 'number'))};
    if (${JSON.stringify(what)} === 'die') await lock.run(() => process.kill(process.pid, 'SIGKILL'), { timeoutSeconds: 1 });
    for (let i = 0; i < ${String(times)}; i += 1) {
      await lock.run(async () => {
        await writeFile(file, String(Number(await readFile(file, 'utf8')) + 1));
      }, { timeoutSeconds: 60 });
    }`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
}

describe('a process lock', () => {
  it('lets several processes work only one after the other', async () => {
    await writeFile(join(folder, 'number'), '0');
    const children = [1, 2, 3, 4].map(() => otherProcess('count', 10));
    await Promise.all(children.map((child) => once(child, 'close')));
    await expect(readFile(join(folder, 'number'), 'utf8')).resolves.toBe('40');
  }, 60_000);

  it('lets work of one process only one after the other', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4, 5].map(() => lock.run(work, { timeoutSeconds })));
    expect(most).toBe(1);
  });

  it('is free again when its owner was killed', async () => {
    await once(otherProcess('die'), 'close');
    await expect(readdir(join(folder, 'claims'))).resolves.toHaveLength(1);
    await expect(lock.run(async () => 'mine', { timeoutSeconds })).resolves.toBe('mine');
    await expect(readdir(join(folder, 'claims'))).resolves.toEqual([]);
  });

  it('is free again when its owner is gone and another process has its id now', async () => {
    await lock.run(async () => undefined, { timeoutSeconds });
    const start = await startOfProcess(process.pid);
    const claim = `${String(process.pid)}.${String(Number(start) - 1)}.00000000-0000-4000-8000-000000000000`;
    await writeFile(join(folder, 'claims', claim), '');
    await expect(lock.run(async () => 'mine', { timeoutSeconds })).resolves.toBe('mine');
  });

  it('gives up on an owner that does not finish, and names it', async () => {
    const released = Promise.withResolvers<undefined>();
    const taken = Promise.withResolvers<undefined>();
    const holding = lock.run(
      async () => {
        taken.resolve(undefined);
        await released.promise;
      },
      { timeoutSeconds },
    );
    await taken.promise;
    await expect(lock.run(async () => undefined, { timeoutSeconds: 0 })).rejects.toThrow(
      `Process ${String(process.pid)}`,
    );
    released.resolve(undefined);
    await holding;
  });

  it('is free again when the work throws', async () => {
    const work = async () => {
      throw new Error('broken');
    };
    await expect(lock.run(work, { timeoutSeconds })).rejects.toThrow('broken');
    await expect(lock.run(async () => 'mine', { timeoutSeconds })).resolves.toBe('mine');
  });
});
