import { setTimeout as delay } from 'node:timers/promises';

/** Where the function's waiting and measuring come from. */
export interface Clock {
  /** Milliseconds that only ever grow; the origin means nothing. */
  elapsedMs(): number;
  /** @throws AbortError as soon as the signal says so. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  elapsedMs: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal });
  },
};
