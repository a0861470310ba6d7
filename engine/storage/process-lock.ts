import { randomInt, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { isProcessAlive, startOfProcess } from './process-liveness.ts';

const claimName = /^(\d+)\.(\d+|unknown)\.[0-9a-f-]{36}$/;

/**
 * Lets one process of this machine at a time do a piece of work, and forgets the lock of a process that died.
 *
 * A process puts a claim, an empty file whose name says who it is, into a folder and then lists it. It goes ahead when no
 * other living process has a claim there, else it withdraws and tries again later. Of two at once at least one sees the
 * other, because both put first and list then. A claim's name is never used again, so that whoever deletes the claim of a
 * dead process cannot hit one of a living process.
 *
 * A stopped process keeps its lock. Where that must not be, use FencedDirectory.
 */
export class ProcessLock {
  readonly #folder: string;

  /** @param folder holds the claims and nothing else; made when it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws when another living process has kept the lock for `timeoutSeconds`, naming it. */
  async run<T>(work: () => Promise<T>, { timeoutSeconds }: { readonly timeoutSeconds: number }): Promise<T> {
    const claim = await this.#acquire(performance.now() + timeoutSeconds * 1000);
    try {
      return await work();
    } finally {
      await rm(claim, { force: true });
    }
  }

  async #acquire(deadline: number): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const start = (await startOfProcess(process.pid)) ?? 'unknown';
    for (;;) {
      let holder = await this.#livingClaim(undefined);
      if (holder === undefined) {
        const name = `${String(process.pid)}.${start}.${randomUUID()}`;
        await writeFile(join(this.#folder, name), '', { flag: 'wx' });
        holder = await this.#livingClaim(name);
        if (holder === undefined) return join(this.#folder, name);
        await rm(join(this.#folder, name), { force: true });
      }
      if (performance.now() > deadline) {
        throw new Error(
          `Process ${String(holder)} is at work here and does not finish: ${this.#folder}. ` +
            `Wait for it or end it, then repeat.`,
        );
      }
      // Unequal pauses, or two that withdraw from each other could do so for ever.
      await sleep(randomInt(10, 60));
    }
  }

  /** The process behind a claim other than `own`, after those of dead processes are deleted. */
  async #livingClaim(own: string | undefined): Promise<number | undefined> {
    for (const name of await readdir(this.#folder)) {
      const [, pid, start] = claimName.exec(name) ?? [];
      if (name === own || pid === undefined) continue;
      if (await isProcessAlive(Number(pid), start === 'unknown' ? undefined : start)) return Number(pid);
      await rm(join(this.#folder, name), { force: true });
    }
    return undefined;
  }
}
