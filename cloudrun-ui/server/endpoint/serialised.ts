import { createHash } from 'node:crypto';

/** An answer that is JSON already, with the entity tag of it: what many get is written once. */
export class Serialised {
  readonly text: string;
  #tag: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  static of(answer: unknown): Serialised {
    return answer instanceof Serialised ? answer : new Serialised(JSON.stringify(answer));
  }

  get tag(): string {
    this.#tag ??= `"${createHash('sha256').update(this.text).digest('base64url').slice(0, 27)}"`;
    return this.#tag;
  }
}
