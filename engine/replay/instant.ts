import type { Clock } from '../workflow/clock.ts';

/** The moment that is looked at; it may be any, earlier or later. */
export class Instant implements Clock {
  #at: Date;

  constructor(at: Date) {
    this.#at = at;
  }

  now(): Date {
    return this.#at;
  }

  moveTo(at: Date): void {
    this.#at = at;
  }
}
