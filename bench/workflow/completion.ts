import { setTimeout as delay } from 'node:timers/promises';

/** Between two looks into the database once the last step has run; both sides are watched in the same way. */
const lookIntervalMs = 5;

/** Knows when the last piece of work is over, without loading the database with questions while it runs. */
export class Completion {
  readonly #lastStepRan: Promise<void>;
  #resolve: () => void = () => undefined;
  #missing: number;

  constructor(count: number) {
    this.#missing = count;
    this.#lastStepRan = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** To be called by the last step of each piece of work. */
  count(): void {
    this.#missing -= 1;
    if (this.#missing === 0) this.#resolve();
  }

  /** Returns when the database says that everything is completed. */
  async wait(isStored: () => Promise<boolean>): Promise<void> {
    await this.#lastStepRan;
    while (!(await isStored())) await delay(lookIntervalMs);
  }
}
