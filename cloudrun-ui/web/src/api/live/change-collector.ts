import { bothChanges, isNoChange, noChange, type Change } from './change.ts';

/** An answer that has not come by then is not waited for. */
const patienceMs = 10_000;

export interface CollectorOptions {
  /** From one telling to the next at least. */
  readonly paceMs: number;
  /** Told what has changed since the last time. The next one waits for its end. */
  tell(change: Change): Promise<void>;
}

/** Tells the first change at once, and whatever follows it closely together, however much that is. */
export class ChangeCollector {
  readonly #options: CollectorOptions;
  #due: Change = noChange;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isResting = false;
  #isClosed = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  add(change: Change): void {
    if (this.#isClosed) return;
    this.#due = bothChanges(this.#due, change);
    if (!this.#isResting) void this.#tell();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#isClosed = true;
  }

  async #tell(): Promise<void> {
    if (this.#isClosed || isNoChange(this.#due)) return;
    const due = this.#due;
    this.#due = noChange;
    this.#isResting = true;
    const rested = new Promise<void>((resolve) => {
      this.#timer = setTimeout(resolve, this.#options.paceMs);
    });
    await within(patienceMs, this.#options.tell(due));
    await rested;
    this.#isResting = false;
    await this.#tell();
  }
}

/** Waits for the end of something, whatever that is, but not for ever. */
async function within(longestMs: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), longestMs);
  await Promise.race([work.catch(() => undefined), late.promise]);
  clearTimeout(timer);
}
