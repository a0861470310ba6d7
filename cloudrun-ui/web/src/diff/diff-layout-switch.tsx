import { Button } from '@mantine/core';
import { useDiffLayout } from './use-diff-layout.ts';

/** Side by side or below one another, for every difference on the page; on a phone there is nothing to choose. */
export function DiffLayoutSwitch() {
  const { layout, choose } = useDiffLayout();
  if (choose === undefined) return null;
  const other = layout === 'inline' ? 'side-by-side' : 'inline';
  return (
    <Button size="xs" onClick={() => choose(other)}>
      {other === 'inline' ? 'Show inline' : 'Show side by side'}
    </Button>
  );
}
