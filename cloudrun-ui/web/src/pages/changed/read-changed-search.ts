import { readWords } from '../../text/read-words.ts';

/** Which time is looked at, as it was typed, and of what. */
export interface ChangedSearch {
  /** An instant: what was not then as it is now. */
  readonly at?: string | undefined;
  /** The beginning of a span. Default, without an instant: two hours ago. */
  readonly since?: string | undefined;
  /** The end of a span. Default: now. */
  readonly until?: string | undefined;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

/** What an address says wrongly counts as not said; whether a moment is one, the page itself says. */
export function readChangedSearch(search: Record<string, unknown>): ChangedSearch {
  const { at, since, until, ...where } = readWords(search, 'at', 'since', 'until', 'application', 'environment');
  if (at !== undefined) return { ...where, at };
  return { ...where, ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}
