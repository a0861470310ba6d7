import { useEffect, type ReactNode } from 'react';
import styles from './page-title.module.css';

interface PageTitleProps {
  /** The question that the page answers. */
  readonly title: string;
  /** Beside it, what can be done on the whole page. */
  readonly children?: ReactNode;
}

export function PageTitle({ title, children }: PageTitleProps) {
  useEffect(() => {
    document.title = `${title} · Promotion Process`;
  }, [title]);
  return (
    <header className={styles['header']}>
      <h1>{title}</h1>
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </header>
  );
}
