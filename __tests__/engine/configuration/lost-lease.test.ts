import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GitConfigurationRepository } from '../../../engine/configuration/git-configuration-repository.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { scratchGit, type ScratchGit } from './scratch-git.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const never = new AbortController().signal;
const under = (fence: number): Effect => ({ key: 'pr-1:deploy', fence, signal: never });

let scratch: ScratchGit;
let base: string;
let proposed: string;

beforeEach(async () => {
  scratch = await scratchGit();
  base = scratch.commit('main', { 'values.yaml': 'release: v1\n' });
  proposed = await repository().propose(
    'main',
    {
      change: 'pr-1',
      base,
      files: [{ path: 'values.yaml', content: 'release: v2\n' }],
      message: 'Promote\n',
      author: { name: 'Ana', email: 'ana@shop.example', at: new Date(0) },
    },
    under(1),
  );
});
afterEach(() => scratch.remove());

const repository = (): GitConfigurationRepository =>
  new GitConfigurationRepository({ remote: { address: scratch.remote }, cacheFolder: scratch.fresh('cache') });

async function contentOf(file: string): Promise<string> {
  for (;;) {
    const content = await readFile(file, 'utf8').catch(() => '');
    if (content.endsWith('\n')) {
      return content.trim();
    }
    await delay(10);
  }
}

async function executable(file: string, script: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** Where the worker falls asleep, as a script that writes the sleeping process's id to `marker` and stops itself. */
const sleep = (marker: string): string => `if [ ! -e "${marker}" ]; then echo $$ > "${marker}"; kill -STOP $$; fi`;

type Place = 'before its push' | 'in the middle of its push, its leases already sent';

async function sleepingAt(place: Place, marker: string): Promise<string> {
  if (place === 'before its push') {
    return executable(
      path.join(scratch.folder, 'sleepy-git'),
      `for word; do if [ "$word" = push ]; then ${sleep(marker)}; fi; done\nexec git "$@"`,
    );
  }
  // The remote runs this hook after it got the whole push and before it takes any lock.
  await executable(path.join(scratch.remote, 'hooks/pre-receive'), `cat >/dev/null; ${sleep(marker)}`);
  return 'git';
}

async function runWorker(binary: string, fence: number, task: string): Promise<string> {
  const worker = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, 'promotion-worker.ts'),
      scratch.remote,
      scratch.fresh('cache'),
      binary,
      String(fence),
      task,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  worker.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  await once(worker, 'close');
  return output;
}

describe.each<Place>(['before its push', 'in the middle of its push, its leases already sent'])(
  'a worker that was stopped %s',
  (place) => {
    it.each([
      ['advance the branch', () => `advance:${base}:${proposed}`],
      ['propose a change', () => `propose:${base}`],
    ])('and wakes up after a newer run took the fence cannot %s', async (_, task) => {
      const marker = path.join(scratch.folder, 'asleep');
      const ending = runWorker(await sleepingAt(place, marker), 2, task());
      const sleeper = Number(await contentOf(marker));

      await repository().fence('main', under(3));
      const refs = scratch.refs();
      const movements = scratch.movements();
      process.kill(sleeper, 'SIGCONT');

      expect(await ending).toBe('StaleFenceError');
      expect(scratch.refs()).toBe(refs);
      expect(scratch.movements()).toBe(movements);
    });

    it('and wakes up after a newer run made and took back the same move changes nothing', async () => {
      const marker = path.join(scratch.folder, 'asleep');
      const ending = runWorker(await sleepingAt(place, marker), 2, `advance:${base}:${proposed}`);
      const sleeper = Number(await contentOf(marker));

      await repository().advance('main', base, proposed, under(3));
      // By hand and to the very value the sleeper holds a lease on: only the fence can tell the difference.
      scratch.git('update-ref', 'refs/heads/main', base);
      const movements = scratch.movements();
      process.kill(sleeper, 'SIGCONT');

      expect(await ending).toBe('StaleFenceError');
      expect(scratch.movements()).toBe(movements);
      expect(await repository().head('main', never)).toBe(base);
    });

    it('and wakes up with nobody having come finishes its work', async () => {
      const marker = path.join(scratch.folder, 'asleep');
      const ending = runWorker(await sleepingAt(place, marker), 2, `advance:${base}:${proposed}`);
      process.kill(Number(await contentOf(marker)), 'SIGCONT');
      expect(await ending).toBe('done');
      expect(await repository().head('main', never)).toBe(proposed);
    });
  },
);
