import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  /** From the first byte of the request to the last one of the answer. */
  readonly tookMs: number;
  readonly bytes: number;
  readonly text: () => string;
}

/** One person's browser: a connection of his own, which is kept. */
export class Reader {
  readonly #url: string;
  readonly #person: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url: string, person: string) {
    this.#url = url;
    this.#person = person;
  }

  ask(path: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const started = performance.now();
    const headers = { 'X-Bench-Person': this.#person, 'Accept-Encoding': 'gzip, deflate, br' };
    const asked = request(`${this.#url}${path}`, { agent: this.#agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const tookMs = performance.now() - started;
        const body = Buffer.concat(chunks);
        resolve({ status: answer.statusCode ?? 0, tookMs, bytes: body.length, text: () => body.toString() });
      });
    });
    asked.on('error', reject);
    asked.end();
    return promise;
  }

  close(): void {
    this.#agent.destroy();
  }
}
