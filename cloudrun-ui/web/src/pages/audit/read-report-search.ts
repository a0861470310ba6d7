import { isDay } from '../../time/calendar-days.ts';
import { readWords } from '../../text/read-words.ts';

/** What is reported: one promotion, or a span of days. */
export interface ReportSearch {
  readonly promotion?: string;
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  /** The first day. */
  readonly since?: string | undefined;
  /** The last day. */
  readonly until?: string | undefined;
}

/** What an address says wrongly counts as not said. */
export function readReportSearch(search: Record<string, unknown>): ReportSearch {
  const { promotion, since, until } = search;
  if (typeof promotion === 'string' && promotion.startsWith('pr-')) return { promotion };
  return {
    ...readWords(search, 'application', 'environment'),
    ...(isDay(since) ? { since } : {}),
    ...(isDay(until) ? { until } : {}),
  };
}
