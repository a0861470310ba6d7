import { useSyncExternalStore } from 'react';

/** One clock for the whole page, so that a hundred times on it cost one timer and move together. */
class PageClock {
  #now = new Date();
  #timer: number | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    // It stood still while nobody looked.
    if (this.#timer === undefined) this.#now = new Date();
    this.#timer ??= window.setInterval(() => {
      this.#now = new Date();
      for (const each of this.#listeners) each();
    }, 1000);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      window.clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  readonly read = (): Date => this.#now;
}

const pageClock = new PageClock();

/** The present, renewed every second while somebody looks at it. */
export function useNow(): Date {
  return useSyncExternalStore(pageClock.subscribe, pageClock.read);
}

/** What is to be said of the present; whoever shows it is made anew only when that is another thing. */
export function useSaid(say: (now: Date) => string): string {
  return useSyncExternalStore(pageClock.subscribe, () => say(pageClock.read()));
}
