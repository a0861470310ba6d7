import { randomUUID } from 'node:crypto';
import type { ChangeNews, ChangeSource } from '../../../engine/store/change-news.ts';

/** So much of what was told is remembered for those who come back. */
const mostRemembered = 1000;

export interface HubOptions {
  readonly changes: ChangeSource;
  /** Versions of the promotions that are on their way or were lately. */
  versions(): Promise<ReadonlyMap<string, number>>;
}

/** One thing that was told, with its place in the order of this process. */
export interface Told {
  readonly place: number;
  readonly news: ChangeNews;
}

/** Wakes somebody when something that concerns him was told since he last looked. */
export interface Watch extends Disposable {
  /** Resolves at once when there was something already; else when there is, after a while, or when it is aborted. */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

/**
 * Spreads what changes to all who look at this process: from the one connection that listens, and from a look of its own now
 * and then, which finds what a process that died did not tell any more.
 */
export class ChangeHub {
  /** Of this process; places of another one mean nothing here. */
  readonly epoch = randomUUID().slice(0, 8);
  readonly #options: HubOptions;
  readonly #listeners = new Set<(news: ChangeNews) => void>();
  readonly #unsubscribe: () => void;
  #remembered: Told[] = [];
  #place = 0;
  #versions: ReadonlyMap<string, number> | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#unsubscribe = options.changes.subscribe((news) => {
      this.#tell(news);
    });
  }

  get place(): number {
    return this.#place;
  }

  /** What was told behind a place; undefined: not all of it is remembered. */
  since(place: number): readonly Told[] | undefined {
    const [first] = this.#remembered;
    if (place > this.#place || (place < this.#place && (first === undefined || first.place > place + 1)))
      return undefined;
    return this.#remembered.filter((each) => each.place > place);
  }

  watch(concerns: (news: ChangeNews) => boolean): Watch {
    let isDue = false;
    let wake: () => void = () => undefined;
    const listener = (news: ChangeNews): void => {
      if (!concerns(news)) return;
      isDue = true;
      wake();
    };
    this.#listeners.add(listener);
    return {
      async next(timeoutMs, signal) {
        if (!isDue && !signal.aborted) {
          const { promise, resolve } = Promise.withResolvers<undefined>();
          wake = () => {
            resolve(undefined);
          };
          const timer = setTimeout(wake, timeoutMs);
          signal.addEventListener('abort', wake, { once: true });
          await promise;
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
        }
        isDue = false;
      },
      [Symbol.dispose]: () => {
        this.#listeners.delete(listener);
      },
    };
  }

  /** Finds what changed and was not told. Costs nothing while nobody looks. */
  async look(): Promise<void> {
    if (this.#listeners.size === 0) {
      this.#versions = undefined;
      return;
    }
    const before = this.#versions;
    const now = await this.#options.versions();
    this.#versions = now;
    if (before === undefined) return;
    const ids = [...now].filter(([id, version]) => before.get(id) !== version).map(([id]) => id);
    if (ids.length > 0) this.#tell({ kind: 'promotions', ids });
  }

  close(): void {
    this.#unsubscribe();
  }

  #tell(news: ChangeNews): void {
    this.#place += 1;
    this.#remembered.push({ place: this.#place, news });
    if (this.#remembered.length > mostRemembered) this.#remembered = this.#remembered.slice(-mostRemembered / 2);
    for (const listener of this.#listeners) listener(news);
  }
}
