import { Calendar } from '../schedule/calendar.ts';
import type { Declarations, Passage } from '../schedule/schedule.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import type { Path, Rules } from '../rules/schema.ts';

export interface Opening {
  readonly from: Date;
  readonly to: Date;
}

/** A path that is never closed in between, or changes more often than anybody means, ends the walk. */
const mostOpenings = 10_000;

/** The calendar of a path, as promotions on it are judged. */
export function calendarOf(
  rules: Rules,
  path: Path,
  application: string,
  declarations: Declarations,
  passage: Passage,
): Calendar {
  return new Calendar(scheduleOfPath(rules, path, application), declarations, passage);
}

/** Every span between two moments in which a path is open. */
export function openingsBetween(calendar: Calendar, since: Date, until: Date): readonly Opening[] {
  const openings: Opening[] = [];
  let at: Date | undefined = since;
  while (at !== undefined && at < until && openings.length < mostOpenings) {
    const openness = calendar.judge(at);
    if (!openness.isOpen) {
      at = openness.opensAt;
      continue;
    }
    const closesAt = calendar.closesAt(at);
    openings.push({ from: at, to: closesAt === undefined || closesAt > until ? until : closesAt });
    at = closesAt;
  }
  return openings;
}
