import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ordersVariable, readTrace, type Orders, type Traced } from '../worker/orders.ts';

export interface WorkerEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last of what it wrote to standard error. */
  readonly errors: string;
}

const errorsLimit = 8_000;
const pollMs = 10;

/** A chaos worker in a process of its own. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #orders: Orders;
  readonly ended: Promise<WorkerEnd>;
  #errors = '';

  constructor(orders: Orders, compileCache: string) {
    this.#orders = orders;
    this.#child = spawn(process.execPath, [`${import.meta.dirname}/../worker/chaos-worker.ts`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: compileCache,
        [ordersVariable]: JSON.stringify(orders),
      },
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-errorsLimit);
    });
    this.ended = once(this.#child, 'close').then(() => ({
      exitCode: this.#child.exitCode,
      signal: this.#child.signalCode,
      errors: this.#errors,
    }));
  }

  /** @throws when it has not ended by then; it is killed. */
  async endedWithin(seconds: number): Promise<WorkerEnd> {
    const patience = new AbortController();
    const late = pause(seconds * 1000, undefined, { signal: patience.signal }).catch(() => undefined);
    const end = await Promise.race([this.ended, late]);
    patience.abort();
    if (end !== undefined) return end;
    this.#child.kill('SIGKILL');
    await this.ended;
    const trace = (await this.trace()).slice(-5).map(({ place, moment }) => `${place}:${moment}`);
    throw new Error(
      `${this.#orders.owner} did not end within ${String(seconds)} s. It last passed ${trace.join(', ')}.\n${this.#errors}`,
    );
  }

  /** @returns false when it ended instead. */
  async untilStopped(): Promise<boolean> {
    let isOver = false;
    this.ended.then(
      () => {
        isOver = true;
      },
      () => undefined,
    );
    while (!isOver) {
      if (await this.#isStopped()) return true;
      await pause(pollMs);
    }
    return false;
  }

  wake(): void {
    this.#child.kill('SIGCONT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async trace(): Promise<readonly Traced[]> {
    return readTrace(await readFile(this.#orders.traceFile, 'utf8').catch(() => ''));
  }

  /** It says where it stops in the line before; that it has done so is for the system to say. */
  async #isStopped(): Promise<boolean> {
    if (!(await this.trace()).some(({ moment }) => moment === 'halted')) return false;
    const stat = await readFile(`/proc/${String(this.#child.pid)}/stat`, 'utf8').catch(() => undefined);
    return stat === undefined ? false : stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  }
}
