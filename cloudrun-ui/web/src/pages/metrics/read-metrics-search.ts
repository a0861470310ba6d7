import { readWords } from '../../text/read-words.ts';

/** Of what metrics are looked at. */
export interface MetricsSearch {
  /** How far back. Default: 30. */
  readonly days?: number | undefined;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
}

/** What an address says wrongly counts as not said. */
export function readMetricsSearch(search: Record<string, unknown>): MetricsSearch {
  const { days } = search;
  return {
    ...(typeof days === 'number' && days >= 1 && days <= 3650 ? { days } : {}),
    ...readWords(search, 'application', 'environment'),
  };
}
