import { formatDuration } from './format-duration.ts';
import { useNow } from './use-now.ts';

interface CountdownProps {
  /** When it ends, as the API gives it. */
  readonly until: string;
  /** What is said once it is over. */
  readonly over: string;
}

/** How long something still lasts. */
export function Countdown({ until, over }: CountdownProps) {
  const leftMs = new Date(until).getTime() - useNow().getTime();
  return (
    <time dateTime={until} title={new Date(until).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}>
      {leftMs <= 0 ? over : formatDuration(leftMs)}
    </time>
  );
}
