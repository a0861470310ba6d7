import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A server in a process of its own, which can be killed and started again at the same address. */
export class Instance {
  readonly url: string;
  kills = 0;
  readonly #database: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  constructor(database: string, port: number) {
    this.#database = database;
    this.#port = port;
    this.url = `http://127.0.0.1:${String(port)}`;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  async start(): Promise<void> {
    const child = fork(join(import.meta.dirname, 'serve-instance.ts'), [this.#database, String(this.#port)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the server at ${this.url} ended with ${String(code)} before it answered`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    this.#child = child;
  }

  /** At once, in whatever it is doing. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    this.kills += 1;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}
