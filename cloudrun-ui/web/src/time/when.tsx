import { relativeTo } from './relative-to.ts';
import { useNow } from './use-now.ts';

interface WhenProps {
  /** An instant, as the API gives it. */
  readonly at: string;
}

/** An instant as people say it; the exact one is under the pointer. */
export function When({ at }: WhenProps) {
  const now = useNow();
  const instant = new Date(at);
  return (
    <time dateTime={at} title={instant.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}>
      {relativeTo(now, instant)}
    </time>
  );
}
