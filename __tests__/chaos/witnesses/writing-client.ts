import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const pauseMs = 20;

/** Writes rows into the application's database all the time, and remembers those that it was acknowledged. */
export class WritingClient {
  readonly #client: Client;
  #acknowledged = 0;
  #isPaused = false;
  #isStopping = false;
  #idle = Promise.withResolvers<undefined>();
  #running: Promise<void> = Promise.resolve();
  #stopped: ReturnType<WritingClient['stop']> | undefined;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async start(url: string): Promise<WritingClient> {
    const client = new Client({ connectionString: url, application_name: 'chaos-client' });
    await client.connect();
    const writing = new WritingClient(client);
    writing.#running = writing.#run();
    // Whoever stops it hears of its failure; until then it must not end this process.
    writing.#running.catch(() => undefined);
    return writing;
  }

  /** Nothing of it is under way when this returns. */
  async pause(): Promise<void> {
    this.#isPaused = true;
    this.#idle = Promise.withResolvers();
    await Promise.race([this.#idle.promise, this.#running]);
  }

  resume(): void {
    this.#isPaused = false;
  }

  /** Ends it, once. @returns how many rows it was acknowledged and how many of them are there. @throws what a write failed with. */
  stop(): Promise<{ readonly acknowledged: number; readonly present: number }> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<{ readonly acknowledged: number; readonly present: number }> {
    this.#isStopping = true;
    await this.#running;
    const { rows } = await this.#client.query<{ present: string }>(
      'select count(*) as present from entry where id <= $1',
      [this.#acknowledged],
    );
    await this.#client.end();
    return { acknowledged: this.#acknowledged, present: Number(rows[0]?.present) };
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      if (this.#isPaused) {
        this.#idle.resolve(undefined);
      } else {
        await this.#client.query('insert into entry (id) values ($1)', [this.#acknowledged + 1]);
        this.#acknowledged += 1;
      }
      await pause(pauseMs);
    }
  }
}
