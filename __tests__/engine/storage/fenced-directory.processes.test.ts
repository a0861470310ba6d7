import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { FencedDirectory } from '../../../engine/storage/fenced-directory.ts';
import { nodeFencedFileOperations } from '../../../engine/storage/fenced-file-operations.ts';
import { StaleFenceError } from '../../../engine/workflow/fence.ts';
import { observedFileOperations, type OperationName } from './observed-file-operations.ts';

const run = promisify(execFile);
const file = 'state.json';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenced-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Verb = 'replace' | 'remove';

/** What an undisturbed writer does, operation by operation, when an older fence left its folder behind. */
async function operationsOf(verb: Verb): Promise<readonly OperationName[]> {
  const names: OperationName[] = [];
  const path = await mkdtemp(join(tmpdir(), 'fenced-'));
  const revision = await new FencedDirectory(path).replace(file, 'first', undefined, { fence: 1 });
  const directory = new FencedDirectory(
    path,
    observedFileOperations(nodeFencedFileOperations, async (name) => {
      names.push(name);
    }),
  );
  if (verb === 'replace') await directory.replace(file, 'next', revision, { fence: 2 });
  else await directory.remove(file, revision, { fence: 2 });
  await rm(path, { recursive: true });
  return names;
}

async function stoppedWriter(verb: Verb, fence: number, content: string, revision: string, stopAt: number) {
  const script = join(import.meta.dirname, 'stopping-writer.ts');
  const child = spawn(process.execPath, [script, folder, verb, String(fence), content, revision, String(stopAt)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const outcome = text(child.stdout);
  const closed = once(child, 'close');
  const isStopped = async () => {
    const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(child.pid)]);
    return stdout.trim().startsWith('T');
  };
  while (!(await isStopped())) await sleep(5);
  return {
    wakeUp: async () => {
      child.kill('SIGCONT');
      await closed;
      return await outcome;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

async function contentOf(directory: FencedDirectory): Promise<string | undefined> {
  return (await directory.read(file))?.content.toString();
}

describe.each(['replace', 'remove'] as const)('a process stopped while it wants to %s a file', (verb) => {
  it('changes nothing when it wakes up after a higher fence, wherever it was stopped', async () => {
    const operations = await operationsOf(verb);
    expect(operations.length).toBeGreaterThan(8);
    const outcomes: string[] = [];
    for (let stopAt = 0; stopAt < operations.length; stopAt += 1) {
      const directory = new FencedDirectory(folder);
      const revision = await directory.replace(file, 'first', undefined, { fence: 1 });
      const stopped = await stoppedWriter(verb, 2, 'stale', revision, stopAt);
      const before = await directory.read(file);
      await directory.replace(file, 'newer', before?.revision, { fence: 3 });

      outcomes.push(await stopped.wakeUp());

      expect(await contentOf(directory)).toBe('newer');
      await expect(readdir(folder).then((names) => names.toSorted())).resolves.toEqual(['.fences', file]);
      await directory.fence({ fence: 4 });
      await expect(readdir(join(folder, '.fences'))).resolves.toEqual(['4']);
      await rm(folder, { recursive: true });
    }
    const rename = operations.indexOf('rename');
    expect(outcomes.slice(0, rename + 1)).toEqual(Array(rename + 1).fill('StaleFenceError'));
    expect(outcomes.slice(rename + 1)).toEqual(Array(operations.length - rename - 1).fill('done'));
  }, 60_000);

  it('leaves the old state or the new one when it is killed, and refuses older fences from then on', async () => {
    const operations = await operationsOf(verb);
    const made = operations.indexOf('makeFolder') + 1;
    for (let stopAt = 0; stopAt < operations.length; stopAt += 1) {
      const directory = new FencedDirectory(folder);
      const revision = await directory.replace(file, 'first', undefined, { fence: 1 });
      await (await stoppedWriter(verb, 3, 'second', revision, stopAt)).kill();

      const isDone = stopAt > operations.indexOf('rename');
      const left = await directory.read(file);
      expect(left?.content.toString()).toBe(isDone ? (verb === 'replace' ? 'second' : undefined) : 'first');
      const older = directory.replace(file, 'older', left?.revision, { fence: 2 });
      if (stopAt >= made) await expect(older).rejects.toBeInstanceOf(StaleFenceError);
      else await older;

      const current = await directory.read(file);
      await directory.replace(file, 'resumed', current?.revision, { fence: 3 });
      expect(await contentOf(directory)).toBe('resumed');
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});
