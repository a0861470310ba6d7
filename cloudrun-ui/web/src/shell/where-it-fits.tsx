import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** A graph, but on a phone, where nobody could read it; what it shows stands below it in words. */
export function WhereItFits({ children }: { readonly children: ReactNode }) {
  const isNarrow = useMediaQuery('(max-width: 768px)', undefined, { getInitialValueInEffect: false });
  return isNarrow ? null : children;
}
