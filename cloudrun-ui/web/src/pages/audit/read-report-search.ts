import { isDay } from '../../time/calendar-days.ts';

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
  const { promotion, application, environment, since, until } = search;
  if (typeof promotion === 'string' && promotion.startsWith('pr-')) return { promotion };
  return {
    ...(isWord(application) ? { application: String(application) } : {}),
    ...(isWord(environment) ? { environment: String(environment) } : {}),
    ...(isDay(since) ? { since } : {}),
    ...(isDay(until) ? { until } : {}),
  };
}

/** What is called 7 is a number to whoever reads addresses. */
function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
