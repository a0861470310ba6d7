import { exactTime } from './exact-time.ts';
import { relativeTo } from './relative-to.ts';
import { useSaid } from './use-now.ts';

interface WhenProps {
  /** An instant, as the API gives it. */
  readonly at: string;
}

/** An instant as people say it; the exact one is under the pointer. */
export function When({ at }: WhenProps) {
  const instant = new Date(at);
  return (
    <time dateTime={at} title={exactTime(instant)}>
      {useSaid((now) => relativeTo(now, instant))}
    </time>
  );
}
