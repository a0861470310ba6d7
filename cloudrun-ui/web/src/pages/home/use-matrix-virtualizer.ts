import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, type RefObject } from 'react';
import type { Row } from './matrix.ts';
import { rowHeightPx } from './row-height.ts';

interface VirtualMatrix {
  readonly rows: readonly Row[];
  readonly environments: readonly string[];
  readonly isNarrow: boolean;
  /** Where the rows begin on the page. */
  readonly body: RefObject<HTMLElement | null>;
}

/** Says which rows are in sight. One that grows above them does not move what the reader looks at. */
export function useMatrixVirtualizer({ rows, environments, isNarrow, body }: VirtualMatrix) {
  const heights = useMemo(
    () => rows.map((row) => rowHeightPx(row, environments, isNarrow)),
    [rows, environments, isNarrow],
  );
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => heights[index] ?? 0,
    getItemKey: (index) => rows[index]?.application ?? index,
    overscan: 12,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, isNarrow, environments]);
  useLayoutEffect(() => {
    for (const [index, height] of heights.entries()) {
      const known = virtualizer.measurementsCache[index];
      if (known !== undefined && known.size !== height) virtualizer.resizeItem(index, height);
    }
  }, [virtualizer, heights]);
  return virtualizer;
}
