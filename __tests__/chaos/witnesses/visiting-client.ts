import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 50;
/** Side by side, so that there are enough of them to judge a canary by, also on a busy machine. */
const visitors = 8;
const pauseUntilThereMs = 500;

/** Looks at the application's page all the time, as people do: a canary that nobody visits cannot be judged. */
export class VisitingClient {
  readonly #address: () => Promise<string | undefined>;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  /** @param address where the application answers; undefined: nowhere yet. */
  constructor(address: () => Promise<string | undefined>) {
    this.#address = address;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let address: string | undefined;
    while (!signal.aborted) {
      address ??= await this.#address().catch(() => undefined);
      // How it answers is for others to judge.
      if (address !== undefined) await Promise.allSettled(Array.from({ length: visitors }, visitsTo(address, signal)));
      await pause(address === undefined ? pauseUntilThereMs : pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

function visitsTo(address: string, stopping: AbortSignal): () => Promise<void> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(5000)]);
  return async () => {
    await (await fetch(address, { signal })).arrayBuffer();
  };
}
