import { exactTime } from './exact-time.ts';
import { formatDuration } from './format-duration.ts';
import { useSaid } from './use-now.ts';

interface CountdownProps {
  /** When it ends, as the API gives it. */
  readonly until: string;
  /** What is said once it is over. */
  readonly over: string;
}

/** How long something still lasts. */
export function Countdown({ until, over }: CountdownProps) {
  const end = new Date(until);
  return (
    <time dateTime={until} title={exactTime(end)}>
      {useSaid((now) => (end <= now ? over : formatDuration(end.getTime() - now.getTime())))}
    </time>
  );
}
