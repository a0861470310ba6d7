import { Agent, request } from 'node:http';

/** Users who never stop: each worker sends one request after the other over a connection it keeps. */
export class LoadClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: string;
  readonly #workers: Promise<void>[];
  #isStopping = false;
  answered = 0;
  readonly failures: string[] = [];
  readonly versions = new Set<string>();

  constructor(url: string, workers: number) {
    this.#url = url;
    this.#workers = Array.from({ length: workers }, (_, index) => this.#work(index));
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#workers);
    this.#agent.destroy();
  }

  async #work(index: number): Promise<void> {
    // Some requests are slow enough to be in flight when an instance is replaced; half of them have a body.
    for (let turn = index; !this.#isStopping; turn += 1) {
      try {
        await this.#send(turn % 2 === 0 ? 'GET' : 'POST', `/?ms=${String((turn % 5) * 8)}`);
        this.answered += 1;
      } catch (error) {
        this.failures.push(String(error));
      }
    }
  }

  #send(method: string, path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const sent = request(this.#url + path, { method, agent: this.#agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const version = /"version":"([^"]*)"/.exec(text)?.[1];
          if (response.statusCode !== 200 || version === undefined) {
            reject(new Error(`${String(response.statusCode)} ${text}`));
            return;
          }
          this.versions.add(version);
          resolve();
        });
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? 'body' : undefined);
    });
  }
}
