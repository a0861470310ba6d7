import type { Writable } from 'node:stream';
import type { EventLog, LoggedEvent } from './event-log.ts';
import { structuredLine } from './structured-line.ts';

/** Writes events to a stream, a line each: standard output where a platform collects it, a file on one machine. */
export class StreamEventLog implements EventLog {
  readonly #stream: Writable;

  constructor(stream: Writable) {
    this.#stream = stream;
  }

  async write(events: readonly LoggedEvent[]): Promise<void> {
    if (events.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      this.#stream.write(events.map(structuredLine).join(''), (error) => {
        if (error === null || error === undefined) resolve();
        else reject(error);
      });
    });
  }
}
