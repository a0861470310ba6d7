/** By what it is known whether the server answers. */
export type ConnectionPart = 'requests' | 'stream';

/** Whether the server answers: known by every request, and by the stream of what changes. */
export class Connection {
  readonly #lost = new Map<ConnectionPart, string>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Since when it has not answered; undefined: it does. */
  readonly lostAt = (): string | undefined => [...this.#lost.values()].toSorted().at(0);

  /** Since when one of them is without an answer. */
  partLostAt(part: ConnectionPart): string | undefined {
    return this.#lost.get(part);
  }

  answered(part: ConnectionPart): void {
    if (this.#lost.delete(part)) this.#tell();
  }

  failed(part: ConnectionPart): void {
    if (this.#lost.has(part)) return;
    this.#lost.set(part, new Date().toISOString());
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const connection = new Connection();
