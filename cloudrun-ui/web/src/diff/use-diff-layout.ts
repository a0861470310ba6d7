import { useLocalStorage, useMediaQuery } from '@mantine/hooks';

export type DiffLayout = 'side-by-side' | 'inline';

/** Where two columns of values do not fit. */
const narrow = '(max-width: 768px)';

/** How whoever looks wants differences: remembered by this browser, and for all of them. */
export function useDiffLayout(): {
  readonly layout: DiffLayout;
  /** Undefined: there is no room to choose. */
  readonly choose: ((layout: DiffLayout) => void) | undefined;
} {
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const [chosen, choose] = useLocalStorage<DiffLayout>({
    key: 'promotion-diff-layout',
    defaultValue: 'side-by-side',
    getInitialValueInEffect: false,
  });
  return isNarrow ? { layout: 'inline', choose: undefined } : { layout: chosen, choose };
}
