import { readWords } from '../../text/read-words.ts';

/** Whose values are looked at, and with what they are compared. */
export interface ConfigurationSearch {
  readonly application?: string;
  readonly environment?: string;
  /** Another environment, as both are now. */
  readonly against?: string;
  /** Two commits, of which neither is looked at without the other. */
  readonly from?: string;
  readonly to?: string;
}

/** What an address says wrongly counts as not said. */
export function readConfigurationSearch(search: Record<string, unknown>): ConfigurationSearch {
  const { against, from, to, ...place } = readWords(search, 'application', 'environment', 'against', 'from', 'to');
  if (against !== undefined) return { ...place, against };
  return isCommit(from) && isCommit(to) ? { ...place, from, to } : place;
}

function isCommit(word: string | undefined): word is string {
  return word !== undefined && /^[0-9a-f]{4,64}$/.test(word);
}
