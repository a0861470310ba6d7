import { newIdempotencyKey } from './client.ts';

/** One key for each wish until it is answered: the same wish is done once, and another one is another. */
export class CommandKeys {
  readonly #keys = new Map<string, string>();
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** Whoever wishes the same again before it is answered gets the same answer, rather than ask a second time. */
  once<Wish, Answer>(wish: Wish, run: (wish: Wish, key: string) => Promise<Answer>): Promise<Answer> {
    const name = nameOf(wish);
    // A wish of the same name is the same wish, so that its answer is of the same kind.
    const asked = this.#underWay.get(name) as Promise<Answer> | undefined;
    if (asked !== undefined) return asked;
    const answer = run(wish, this.keyOf(wish)).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, answer);
    return answer;
  }

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
