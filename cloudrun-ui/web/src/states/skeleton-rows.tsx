import { Skeleton } from '@mantine/core';

/** Rows that are on their way, as many as usually come. */
export function SkeletonRows({ count }: { readonly count: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: count }, (_, row) => (
        <Skeleton key={row} height={20} my={10} radius={2} />
      ))}
    </div>
  );
}
