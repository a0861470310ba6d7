import type { Trend } from './metrics-query.ts';

const formats: Readonly<Record<Trend['bucket'], Intl.DateTimeFormat>> = {
  hour: new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }),
  day: new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
  week: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
};

/** What a part of a trend is called; parts are of UTC. */
export function bucketText(at: string, bucket: Trend['bucket']): string {
  const text = formats[bucket].format(new Date(at));
  return bucket === 'week' ? `week of ${text}` : text;
}
