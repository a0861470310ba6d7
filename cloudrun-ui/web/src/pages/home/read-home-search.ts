/** What home's address says: what is looked for, and what somebody is about to do there. */
export interface HomeSearch {
  readonly search?: string;
  /** An application that is about to be promoted, or true while it is not chosen. */
  readonly promote?: string | true;
  readonly release?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What an address says wrongly counts as not said. */
export function readHomeSearch({ search, promote, release, from, to }: Record<string, unknown>): HomeSearch {
  return {
    ...(isWord(search) ? { search: String(search) } : {}),
    ...(promote === true ? { promote } : isWord(promote) ? { promote: String(promote) } : {}),
    ...(isWord(release) ? { release: String(release) } : {}),
    ...(isWord(from) ? { from: String(from) } : {}),
    ...(isWord(to) ? { to: String(to) } : {}),
  };
}

/** A release that is called 7 is a number to whoever reads addresses. */
function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
