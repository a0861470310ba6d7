/** Finds environments by name or alias. */
export class EnvironmentNames {
  readonly #canonical = new Map<string, string>();

  /** Where a name or alias is used twice, the first one keeps it. */
  constructor(
    environments: readonly { readonly name?: string | undefined; readonly aliases: readonly (string | undefined)[] }[],
  ) {
    for (const { name, aliases } of environments) {
      if (name === undefined) continue;
      for (const word of [name, ...aliases]) {
        if (word !== undefined && !this.#canonical.has(word)) this.#canonical.set(word, name);
      }
    }
  }

  /** The environment's name, or undefined when no environment has this name or alias. */
  resolve(nameOrAlias: string): string | undefined {
    return this.#canonical.get(nameOrAlias);
  }

  /** Every name and alias. */
  words(): readonly string[] {
    return [...this.#canonical.keys()];
  }

  names(): readonly string[] {
    return [...new Set(this.#canonical.values())];
  }
}
