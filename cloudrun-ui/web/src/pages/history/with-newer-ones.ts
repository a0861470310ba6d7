interface Pages<Item> {
  readonly pages: { items: Item[] }[];
}

/** A list in pages with what came since at its top. */
export function withNewerOnes<Item, Data extends Pages<Item>>(data: Data, newer: readonly Item[]): Data {
  const [first, ...others] = data.pages;
  if (first === undefined) return data;
  return { ...data, pages: [{ ...first, items: [...newer, ...first.items] }, ...others] };
}
