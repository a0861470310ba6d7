import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** One instance as the reverse proxy sees it: where it listens, and how many requests it is answering. */
export class Upstream {
  readonly port: number;
  /** Its own connections, so that none of them can outlive it. */
  readonly agent = new Agent({ keepAlive: true });
  #inFlight = 0;
  #onIdle: (() => void) | undefined;

  constructor(port: number) {
    this.port = port;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  acquire(): void {
    this.#inFlight += 1;
  }

  release(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onIdle?.();
  }

  /** Waits until nothing is in flight, or the time is over. @returns how many requests were still in flight then. */
  async drain(timeoutSeconds: number): Promise<number> {
    if (this.#inFlight > 0) {
      const patience = new AbortController();
      const idle = new Promise<void>((resolve) => {
        this.#onIdle = resolve;
      });
      await Promise.race([
        idle,
        delay(timeoutSeconds * 1000, undefined, { signal: patience.signal }).catch(() => undefined),
      ]);
      patience.abort();
      this.#onIdle = undefined;
    }
    return this.#inFlight;
  }

  /** Ends its connections, busy ones too: drain before. */
  close(): void {
    this.agent.destroy();
  }
}
