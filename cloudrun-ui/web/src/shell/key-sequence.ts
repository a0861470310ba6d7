/** How long after a `g` the next key still belongs to it. */
const patienceMs = 1000;

export type KeyCommand =
  | { readonly kind: 'go'; readonly key: string }
  | { readonly kind: 'search' }
  | { readonly kind: 'help' }
  | { readonly kind: 'row'; readonly step: 1 | -1 }
  | { readonly kind: 'none' };

/** What keys typed on a page mean, one after another: `g h` goes home, `/` searches, `j` and `k` walk rows, `?` explains. */
export class KeySequence {
  #prefixAtMs: number | undefined;

  /** @param atMs when it was typed, on any clock that goes on. */
  typed(key: string, atMs: number): KeyCommand {
    const follows = this.#prefixAtMs !== undefined && atMs - this.#prefixAtMs <= patienceMs;
    this.#prefixAtMs = undefined;
    if (follows) return { kind: 'go', key };
    switch (key) {
      case 'g':
        this.#prefixAtMs = atMs;
        return { kind: 'none' };
      case '/':
        return { kind: 'search' };
      case '?':
        return { kind: 'help' };
      case 'j':
        return { kind: 'row', step: 1 };
      case 'k':
        return { kind: 'row', step: -1 };
      default:
        return { kind: 'none' };
    }
  }
}
