/** A fact that nobody kept is asked for. */
export class UnknownFactError extends Error {
  override readonly name = 'UnknownFactError';
}

/** Collects what was asked for and is not known; a gate that takes an error for a missing fact does not hide it here. */
export class UnknownFacts {
  readonly #asked: string[] = [];

  /** How many were asked for so far. */
  get count(): number {
    return this.#asked.length;
  }

  /** Those that were asked for after so many, each once. */
  since(count: number): readonly string[] {
    return [...new Set(this.#asked.slice(count))];
  }

  /** @param what in words: `measurements of that time`. */
  ask(what: string): UnknownFactError {
    this.#asked.push(what);
    return new UnknownFactError(`${what} are not kept`);
  }
}
