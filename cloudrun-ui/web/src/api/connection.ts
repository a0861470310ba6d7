/** Whether the server answers: known by every request and every stream. */
class Connection {
  #lostAt: string | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Since when it has not answered; undefined: it does. */
  readonly lostAt = (): string | undefined => this.#lostAt;

  answered(): void {
    this.#set(undefined);
  }

  failed(): void {
    this.#set(this.#lostAt ?? new Date().toISOString());
  }

  #set(lostAt: string | undefined): void {
    if (this.#lostAt === lostAt) return;
    this.#lostAt = lostAt;
    for (const listener of this.#listeners) listener();
  }
}

export const connection = new Connection();
