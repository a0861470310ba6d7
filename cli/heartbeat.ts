const longestPauseMs = 600_000;

/**
 * When to say again that something is still under way, where no line moves: soon at first, then after pauses that double,
 * so that a log of a long wait stays short.
 */
export class Heartbeat {
  readonly #firstPauseMs: number;
  #spokeAt: number;
  #pauseMs: number;

  constructor(now: Date, firstPauseMs: number) {
    this.#firstPauseMs = firstPauseMs;
    this.#spokeAt = now.getTime();
    this.#pauseMs = firstPauseMs;
  }

  /** Something else was said. */
  rest(now: Date): void {
    this.#spokeAt = now.getTime();
    this.#pauseMs = this.#firstPauseMs;
  }

  /** @returns whether it is time to say it again; then it counts as said. */
  isDue(now: Date): boolean {
    if (now.getTime() - this.#spokeAt < this.#pauseMs) return false;
    this.#spokeAt = now.getTime();
    this.#pauseMs = Math.min(longestPauseMs, 2 * this.#pauseMs);
    return true;
  }
}
