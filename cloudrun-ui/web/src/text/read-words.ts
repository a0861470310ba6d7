/** A word of an address: what is called 7 is a number to whoever reads addresses. */
function wordOf(value: unknown): string | undefined {
  const isWord = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isWord ? String(value) : undefined;
}

/**
 * The words that an address says under some names; what it says wrongly counts as not said.
 * @param search as the router read it.
 */
export function readWords<Name extends string>(
  search: Readonly<Record<string, unknown>>,
  ...names: readonly Name[]
): { readonly [name in Name]?: string } {
  const words: { [name in Name]?: string } = {};
  for (const name of names) {
    const word = wordOf(search[name]);
    if (word !== undefined) words[name] = word;
  }
  return words;
}
