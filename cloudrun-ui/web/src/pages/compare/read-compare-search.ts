import { readWords } from '../../text/read-words.ts';

/** What the address says is compared. */
export interface CompareSearch {
  /** Default: every application. */
  readonly application?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What an address says wrongly counts as not said. */
export function readCompareSearch(search: Record<string, unknown>): CompareSearch {
  return readWords(search, 'application', 'from', 'to');
}
