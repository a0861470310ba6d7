const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const duration = /^(?<count>\d+(?:\.\d+)?)\s*(?<unit>[smhdw])$/;
const timeOfDay = /^(?<hours>[01]?\d|2[0-3]):(?<minutes>[0-5]\d)$/;
const dateAndTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?$/;

/** A moment that somebody typed. */
export interface Moment {
  readonly at: Date;
  /** Whether only the time of day was said, so that the day had to be chosen. */
  readonly isDayChosen: boolean;
}

/**
 * A moment as people type it, and as `promote changed` takes it: how long ago (2h, 30m, 7d), a time of today, or of
 * yesterday when today's has not come yet (14:05), or a date with or without a time (2026-11-26 14:05), on this reader's
 * clock. Undefined: it is none of these, or lies in the future.
 */
export function parseMoment(text: string, now: Date): Moment | undefined {
  const word = text.trim();
  const span = duration.exec(word)?.groups;
  if (span !== undefined) {
    const lengthMs = Number(span['count']) * unitsMs[span['unit'] as keyof typeof unitsMs];
    return past(new Date(now.getTime() - lengthMs), now);
  }
  const time = timeOfDay.exec(word)?.groups;
  if (time !== undefined) {
    const at = new Date(now);
    at.setHours(Number(time['hours']), Number(time['minutes']), 0, 0);
    if (at > now) at.setDate(at.getDate() - 1);
    return { at, isDayChosen: true };
  }
  if (!dateAndTime.test(word)) return undefined;
  return past(new Date(word.length === '2026-11-26'.length ? `${word}T00:00` : word.replace(' ', 'T')), now);
}

function past(at: Date, now: Date): Moment | undefined {
  return Number.isNaN(at.getTime()) || at > now ? undefined : { at, isDayChosen: false };
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A moment in a sentence, with its day; where that was chosen for the reader, why. */
export function momentWords({ at, isDayChosen }: Moment, now: Date): string {
  const words = `${timeFormat.format(at)} on ${dayFormat.format(at)}`;
  if (!isDayChosen) return words;
  return at.getDate() === now.getDate()
    ? `${words}, which is today`
    : `${words}, which was yesterday: ${timeFormat.format(at)} is still to come today`;
}
