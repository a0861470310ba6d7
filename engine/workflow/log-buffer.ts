import { storable } from './storable.ts';

/** One line that a step wrote while it ran. */
export interface LogLine {
  readonly promotionId: string;
  readonly step: string;
  readonly attempt: number;
  readonly at: Date;
  readonly line: string;
}

/** Where log lines go; they are not part of any transition, and losing the last ones changes nothing. */
export interface LogSink {
  appendLogs(lines: readonly LogLine[]): Promise<void>;
}

/** Streams lines to the store in small batches, in order, while steps run. */
export class LogBuffer {
  readonly #sink: LogSink;
  readonly #intervalMs: number;
  #lines: LogLine[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isWriteWaiting = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(sink: LogSink, intervalMs = 100) {
    this.#sink = sink;
    this.#intervalMs = intervalMs;
  }

  add(line: LogLine): void {
    this.#lines.push(storable(line));
    this.#timer ??= setTimeout(() => {
      this.flush().catch(() => undefined);
    }, this.#intervalMs);
  }

  /** Writes what is waiting. @throws what the store throws; the lines are then lost, the promotion is not. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length > 0 && !this.#isWriteWaiting) {
      this.#isWriteWaiting = true;
      this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    }
    await this.#writing;
  }

  /** All that came while the write before it was under way goes together. */
  #write(): Promise<void> {
    this.#isWriteWaiting = false;
    const lines = this.#lines;
    this.#lines = [];
    return this.#sink.appendLogs(lines);
  }
}
