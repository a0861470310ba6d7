import { formatDuration } from './format-duration.ts';
import { useSaid } from './use-now.ts';

/** How long something has lasted until now. */
export function SoFar({ since }: { readonly since: string }) {
  const begun = new Date(since).getTime();
  return <>{useSaid((now) => formatDuration(now.getTime() - begun))}</>;
}
