import { Token } from 'cdktf';

/** What stands for tokens while a document is judged, and is replaced by them afterwards. */
export class StandIns {
  readonly #tokens = new Map<string, string>();

  /** A value, or what stands for it. @param form makes a word into what the value will look like. */
  of(value: string, form: (id: string) => string): string {
    if (!Token.isUnresolved(value)) return value;
    const standIn = form(`known-at-apply-${String(this.#tokens.size)}-x`);
    this.#tokens.set(standIn, value);
    return standIn;
  }

  /** A tree of plain values with the tokens in place of what stood for them. */
  putBack<T>(tree: T): T {
    const text = JSON.stringify(tree, (_, value: unknown) =>
      typeof value === 'string' ? this.#restore(value) : value,
    );
    return JSON.parse(text) as T;
  }

  #restore(text: string): string {
    let restored = text;
    for (const [standIn, token] of this.#tokens) restored = restored.replaceAll(standIn, token);
    return restored;
  }
}
