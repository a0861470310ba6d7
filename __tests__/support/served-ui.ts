import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const patienceMs = 120_000;

/** The UI as a platform has it: a process with an address, a log and an end. */
export class ServedUi {
  readonly url: string;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  #out = '';
  #errors = '';

  private constructor(child: ChildProcessByStdio<null, Readable, Readable>, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${String(port)}`;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#closed = once(child, 'close');
  }

  /** Waits until it is ready, as Cloud Run does. @throws with what it printed when it ends before, or takes too long. */
  static async of(child: ChildProcessByStdio<null, Readable, Readable>, port: number): Promise<ServedUi> {
    const served = new ServedUi(child, port);
    const since = performance.now();
    while (child.exitCode === null && child.signalCode === null && performance.now() - since < patienceMs) {
      const answer = await fetch(`${served.url}/readyz`).catch(() => undefined);
      if (answer?.ok === true) return served;
      await pause(50);
    }
    child.kill('SIGKILL');
    throw new Error(`it is not ready:\n${served.#out}${served.#errors}`);
  }

  ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, { headers });
  }

  command(path: string, headers: Readonly<Record<string, string>>, body: object): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Promotion-Request': '1', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Ends it as Cloud Run does. */
  async end(): Promise<{ readonly exitCode: number | null; readonly seconds: number }> {
    const since = performance.now();
    this.#child.kill('SIGTERM');
    await this.#closed;
    return { exitCode: this.#child.exitCode, seconds: (performance.now() - since) / 1000 };
  }

  /** Everything that it wrote to standard output, each line an entry. @throws where a line is none. */
  get log(): readonly Readonly<Record<string, unknown>>[] {
    return this.#out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Everything that it wrote. */
  get written(): string {
    return this.#out + this.#errors;
  }

  get errors(): string {
    return this.#errors;
  }
}
