import { Button } from '@mantine/core';
import styles from './newer-notice.module.css';

interface NewerNoticeProps {
  readonly count: number;
  readonly onShow: () => void;
}

/** Says that there is something new at the top, and goes there when the reader wants. */
export function NewerNotice({ count, onShow }: NewerNoticeProps) {
  return (
    <div className={styles['notice']} role="status">
      {count > 0 && (
        <Button size="xs" variant="filled" onClick={onShow}>
          {count} new ↑
        </Button>
      )}
    </div>
  );
}
