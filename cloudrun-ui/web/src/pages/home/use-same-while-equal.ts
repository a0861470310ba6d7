import { useRef } from 'react';

/** The same list as before while there is the same in it, so that what is made of it is not made anew. */
export function useSameWhileEqual(list: readonly string[]): readonly string[] {
  const kept = useRef(list);
  const isEqual = kept.current.length === list.length && list.every((each, index) => each === kept.current[index]);
  if (!isEqual) kept.current = list;
  return kept.current;
}
