import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface EmptyNoticeProps {
  /** What would be here. */
  readonly title: string;
  /** The one command or button that makes it so. */
  readonly children?: ReactNode;
}

/** A page with nothing on it says what would be there and how it comes about. */
export function EmptyNotice({ title, children }: EmptyNoticeProps) {
  return (
    <div className={styles['notice']}>
      <p className={styles['title']}>{title}</p>
      {children}
    </div>
  );
}
