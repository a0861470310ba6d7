import { setTimeout as pause } from 'node:timers/promises';
import type { LocalClock } from './local-clock.ts';

/** What must see time pass. */
export interface PassingTime {
  /** Looks at everything that runs once, over a time that has passed at once. */
  passTime(seconds: number): Promise<void>;
}

/**
 * How long each step is on the last stretch of the way, and on those before it: gates ask about the last minutes to within
 * seconds, about the last day to within minutes, and about a month to within hours.
 */
const stretches = [
  { lastSeconds: 3600, stepSeconds: 20 },
  { lastSeconds: 86_400, stepSeconds: 600 },
  { lastSeconds: Number.POSITIVE_INFINITY, stepSeconds: 3600 },
] as const;
const lookEveryMs = 50;

/** How far the clock goes at once, on a way of this length. */
export function stepOf(remainingSeconds: number): number {
  let laterSeconds = 0;
  for (const { lastSeconds, stepSeconds } of stretches) {
    if (remainingSeconds <= lastSeconds) return Math.min(stepSeconds, remainingSeconds - laterSeconds);
    laterSeconds = lastSeconds;
  }
  return remainingSeconds;
}

/**
 * Moves the clock of local mode to where somebody wants it, step by step, and has everything that runs looked at in each:
 * time that nobody watched would be unknown afterwards, and rightly no gate would pass on it.
 */
export class LocalClockMover {
  readonly #clock: LocalClock;
  readonly #world: PassingTime;
  readonly #stopping = new AbortController();
  #moving: Promise<void> = Promise.resolve();

  constructor(clock: LocalClock, world: PassingTime) {
    this.#clock = clock;
    this.#world = world;
  }

  /** @param onError told of a step that failed; the next one is tried. */
  start(onError: (error: unknown) => void): void {
    this.#moving = this.#follow(onError);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#moving;
  }

  /** One step, if somebody wants one. @returns whether it went on. */
  async step(): Promise<boolean> {
    const { aheadSeconds, towardSeconds } = this.#clock.read();
    const seconds = stepOf(towardSeconds - aheadSeconds);
    if (!(seconds > 0)) return false;
    await this.#clock.write({ aheadSeconds: aheadSeconds + seconds, towardSeconds });
    await this.#world.passTime(seconds);
    return true;
  }

  async #follow(onError: (error: unknown) => void): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isMoving = await this.step().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (isMoving) continue;
      await pause(lookEveryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }
}
