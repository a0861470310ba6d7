import { setTimeout as pause } from 'node:timers/promises';
import { readEventStream, type StreamedMessage } from '../support/event-stream.ts';
import type { Instance } from './instance.ts';

export interface Followed extends StreamedMessage {
  readonly atMs: number;
}

/** How soon it connects again after it was cut off, sooner than a browser. */
const pauseMs = 50;

/** Follows a stream as a browser does: wherever it is cut off, it connects again with the id of what it had last. */
export class Follower {
  readonly messages: Followed[] = [];
  connections = 0;
  readonly #leaving = new AbortController();
  readonly #done: Promise<void>;

  /** @param choose the instance to connect to next. */
  constructor(path: string, choose: () => Instance) {
    this.#done = this.#follow(path, choose);
  }

  /** Everything in a field of a kind of message, in the order in which it came. */
  of(event: string, field: string): readonly unknown[] {
    return this.messages.filter((each) => each.event === event).flatMap(({ data }) => data[field] as unknown[]);
  }

  async until(isDone: (follower: this) => boolean, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (!isDone(this)) {
      if (performance.now() > deadline) return false;
      await pause(10);
    }
    return true;
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    await this.#done;
  }

  async #follow(path: string, choose: () => Instance): Promise<void> {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        const lastId = this.messages.findLast(({ id }) => id !== '')?.id;
        const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
        const answer = await fetch(`${choose().url}${path}`, { headers, signal });
        this.connections += 1;
        for await (const message of readEventStream(answer))
          this.messages.push({ ...message, atMs: performance.now() });
      } catch {
        await pause(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
