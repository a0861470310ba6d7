import { useRef } from 'react';

/** What was shown stays where it is as long as the page is open, also when it is no more among what there is. */
export function useKept(ids: readonly string[]): readonly string[] {
  const kept = useRef<readonly string[]>([]);
  const fresh = ids.filter((id) => !kept.current.includes(id));
  if (fresh.length > 0) kept.current = [...kept.current, ...fresh];
  return kept.current;
}
