import { readWords } from '../../text/read-words.ts';

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
export function readHomeSearch(search: Record<string, unknown>): HomeSearch {
  const words = readWords(search, 'search', 'promote', 'release', 'from', 'to');
  return search['promote'] === true ? { ...words, promote: true } : words;
}
