import { beginningOf, dayOf } from '../../time/calendar-days.ts';

const usualDays = 30;

/** From the beginning of the one day to the end of the other. */
export interface ReportSpan {
  readonly since: string;
  readonly until: string;
}

/** The span that a report is about: the days that are named, else up to today, else the last thirty of them. */
export function spanOf(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: Date,
): ReportSpan {
  const last = until ?? dayOf(now);
  if (since !== undefined) return { since, until: last };
  const first = beginningOf(last);
  first.setDate(first.getDate() - usualDays);
  return { since: dayOf(first), until: last };
}
