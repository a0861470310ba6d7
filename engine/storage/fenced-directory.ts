import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { type Effect, type Fence, PreconditionFailedError, StaleFenceError } from '../workflow/fence.ts';
import { type FencedFileOperations, nodeFencedFileOperations } from './fenced-file-operations.ts';
import { isSystemError } from './system-error.ts';

const fencesFolder = '.fences';
const plainName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;
const canonicalFence = /^(0|[1-9][0-9]{0,15})$/;

export interface FencedContent {
  readonly content: Buffer;
  /** SHA-256 of the content, 64 hexadecimal digits. */
  readonly revision: string;
}

/**
 * A folder of small files that only the newest lease may change. A writer that was stopped anywhere, lost its lease and
 * woke up again can change nothing, and there is no lock that a stopped process could keep.
 *
 * A writer with fence F has a staging folder of its own, `.fences/F/<operation>/`. The content reaches its place by a
 * rename out of it; a removal is a rename into it. It goes
 *
 * 1. make `.fences/F`, then `.fences/F/<operation>`
 * 2. list `.fences`: a higher fence refuses the writer
 * 3. delete the staging folders of all lower fences, and wait until they are gone
 * 4. read the file and check the precondition
 * 5. write and sync the new content in the staging folder
 * 6. rename it into place and sync the directory.
 *
 * Why no order of the steps of F and a higher G lets F change the file once G is past step 3:
 *
 * - F lists after G made its folder: F sees G and is refused. G's folder stays when G's process is gone, because only
 *   a still higher fence deletes it; the highest is the lasting record.
 * - F lists before that: F's folders were made earlier still, so G's list shows F and G deletes them. F's next create
 *   or rename there fails with ENOENT. F cannot make them again and go on: the name of the operation is drawn once,
 *   and making it is followed by the list that now shows G. (Both sides make, then list: Dekker's order.)
 * - F's last rename comes before G's deletion: it also comes before G reads, so G's precondition judges F's content.
 *   That holds for a rename that the kernel has begun too. It keeps a hold on the staging folder, not on its name, and
 *   for this reason folders are emptied and deleted where they are instead of being renamed away: a deleted folder
 *   accepts no entry and yields none. A move would leave such a rename its way out, and a list taken during the move
 *   might show the folder under neither name.
 * - A crash of F leaves the old content or the new one, never a part, and staging that the next fence deletes.
 * - A crash of G between steps 1 and 3: F may still finish if it had listed before, as if it had come before G. Every
 *   later writer runs step 3 again, also with G's own fence.
 *
 * One fence belongs to one worker. Its operations run one after the other when they go through one instance; two
 * processes with the same fence would be safe from older fences, but not from overwriting each other between steps 4
 * and 6. The same is true of editors that do not use this class.
 */
export class FencedDirectory {
  readonly path: string;
  readonly #fences: string;
  readonly #operations: FencedFileOperations;
  readonly #fileMode: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param path the folder; made by the first write.
   * @param fileMode permissions of the files that are written. Default: what is usual for the process.
   */
  constructor(path: string, operations: FencedFileOperations = nodeFencedFileOperations, fileMode?: number) {
    this.path = path;
    this.#fileMode = fileMode;
    this.#fences = join(path, fencesFolder);
    this.#operations = operations;
  }

  /** The whole content at one moment, or undefined when there is no such file. Needs no fence. */
  async read(file: string): Promise<FencedContent | undefined> {
    const path = this.#pathOf(file);
    try {
      const content = await this.#operations.read(path);
      return { content, revision: revisionOf(content) };
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      if (isSystemError(error, 'ELOOP')) {
        throw new Error(`${path} is a symbolic link. Replace it by the file itself.`, { cause: error });
      }
      throw error;
    }
  }

  /**
   * Puts new content in place of the old, whole or not at all.
   *
   * @param expectedRevision the revision of what is to be replaced; undefined: there must be no such file.
   * @returns the new revision, when it is on the disk.
   * @throws PreconditionFailedError, StaleFenceError
   */
  replace(
    file: string,
    content: Buffer | string,
    expectedRevision: string | undefined,
    effect: Pick<Effect, 'fence'>,
  ): Promise<string> {
    const path = this.#pathOf(file);
    const bytes = Buffer.from(content);
    return this.#underFence(effect.fence, async (staging) => {
      await this.#check(file, expectedRevision);
      const staged = join(staging, 'new');
      await this.#operations.create(staged, bytes, this.#fileMode);
      await this.#operations.syncFile(staged);
      await this.#operations.rename(staged, path);
      await this.#operations.syncFolder(this.path);
      return revisionOf(bytes);
    });
  }

  /**
   * Removes a file that holds what the caller has read.
   *
   * @throws PreconditionFailedError, StaleFenceError
   */
  remove(file: string, expectedRevision: string, effect: Pick<Effect, 'fence'>): Promise<void> {
    const path = this.#pathOf(file);
    return this.#underFence(effect.fence, async (staging) => {
      await this.#check(file, expectedRevision);
      // An unlink would still work for a writer that was stopped before it; a rename needs the staging folder.
      await this.#operations.rename(path, join(staging, 'removed'));
      await this.#operations.syncFolder(this.path);
    });
  }

  /** Shuts out all lower fences without changing a file. @throws StaleFenceError */
  fence(effect: Pick<Effect, 'fence'>): Promise<void> {
    return this.#underFence(effect.fence, async () => undefined);
  }

  /** The highest fence this folder has seen; undefined before the first. */
  async highestFence(): Promise<Fence | undefined> {
    return (await this.#listFences()).at(-1);
  }

  #underFence<T>(fence: Fence, work: (staging: string) => Promise<T>): Promise<T> {
    if (!Number.isSafeInteger(fence) || fence < 0) {
      return Promise.reject(new RangeError(`A fence must be a non-negative integer, not ${String(fence)}.`));
    }
    const run = async (): Promise<T> => {
      const staging = join(this.#fences, String(fence), randomUUID());
      try {
        await this.#takeOver(fence, staging);
        const result = await work(staging);
        await this.#empty(staging);
        return result;
      } catch (error) {
        await this.#empty(staging);
        throw await this.#explain(fence, error);
      }
    };
    const result = this.#last.then(run);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Steps 1 to 3. */
  async #takeOver(fence: Fence, staging: string): Promise<void> {
    await this.#operations.makeFolders(this.#fences);
    const isNew = await this.#operations.makeFolder(join(this.#fences, String(fence)));
    await this.#operations.makeFolder(staging);
    if (isNew) await this.#operations.syncFolder(this.#fences);

    const fences = await this.#listFences();
    const highest = fences.at(-1);
    if (highest !== undefined && highest > fence) throw new StaleFenceError(this.path, fence, highest);
    for (const lower of fences) {
      if (lower < fence) await this.#revoke(lower);
    }
  }

  /** Ascending. */
  async #listFences(): Promise<readonly Fence[]> {
    const names = (await this.#listIfPresent(this.#fences)) ?? [];
    return names
      .filter((name) => canonicalFence.test(name))
      .map(Number)
      .toSorted((a, b) => a - b);
  }

  /** Returns when nothing that was staged under the fence can reach the directory any more. */
  async #revoke(fence: Fence): Promise<void> {
    const folder = join(this.#fences, String(fence));
    let isGone = false;
    // Its writer may be alive and put something into it in between; it is refused at its next list.
    while (!isGone) {
      for (const operation of (await this.#listIfPresent(folder)) ?? []) await this.#empty(join(folder, operation));
      isGone = await this.#removeFolder(folder);
    }
  }

  /** Deletes one operation's staging folder with what is in it. */
  async #empty(staging: string): Promise<void> {
    let isGone = false;
    while (!isGone) {
      for (const file of (await this.#listIfPresent(staging)) ?? []) {
        await this.#ifPresent(() => this.#operations.removeFile(join(staging, file)));
      }
      isGone = await this.#removeFolder(staging);
    }
  }

  /** False when there is something in it. */
  async #removeFolder(path: string): Promise<boolean> {
    try {
      await this.#ifPresent(() => this.#operations.removeFolder(path));
      return true;
    } catch (error) {
      if (isSystemError(error, 'ENOTEMPTY', 'EEXIST')) return false;
      throw error;
    }
  }

  #listIfPresent(path: string): Promise<readonly string[] | undefined> {
    return this.#ifPresent(() => this.#operations.list(path));
  }

  async #ifPresent<T>(operation: () => Promise<T>): Promise<T | undefined> {
    try {
      return await operation();
    } catch (error) {
      if (isSystemError(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  async #check(file: string, expectedRevision: string | undefined): Promise<void> {
    const actual = (await this.read(file))?.revision;
    if (actual !== expectedRevision) {
      throw new PreconditionFailedError(this.#pathOf(file), expectedRevision ?? 'no file', actual ?? 'no file');
    }
  }

  /** A writer that lost its lease must hear that first, whatever it then stumbled over. */
  async #explain(fence: Fence, error: unknown): Promise<unknown> {
    const highest = await this.highestFence();
    if (highest !== undefined && highest > fence) return new StaleFenceError(this.path, fence, highest);
    if (!isSystemError(error, 'ENOENT')) return error;
    return new Error(
      `A file in ${this.path} vanished while it was written under fence ${String(fence)}, and no newer run removed it. ` +
        `Leave ${this.#fences} to the engine, and repeat.`,
      { cause: error },
    );
  }

  #pathOf(file: string): string {
    if (!plainName.test(file)) {
      throw new Error(
        `${JSON.stringify(file)} is not a plain file name: letters, digits, ".", "_" and "-", not beginning with "." or "-".`,
      );
    }
    return join(this.path, file);
  }
}

function revisionOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
