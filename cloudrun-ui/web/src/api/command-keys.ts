import { newIdempotencyKey } from './client.ts';

/** One key for each wish until it is answered: the same wish is done once, and another one is another. */
export class CommandKeys {
  readonly #keys = new Map<string, string>();

  keyOf(wish: unknown): string {
    const name = nameOf(wish);
    const key = this.#keys.get(name) ?? newIdempotencyKey();
    this.#keys.set(name, key);
    return key;
  }

  answered(wish: unknown): void {
    this.#keys.delete(nameOf(wish));
  }
}

function nameOf(wish: unknown): string {
  return JSON.stringify([wish]);
}
