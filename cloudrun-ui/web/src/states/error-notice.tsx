import { Button } from '@mantine/core';
import { ApiError } from '../api/api-error.ts';
import { NoAnswerError } from '../api/no-answer-error.ts';
import { StatusMark } from '../status/status-mark.tsx';
import styles from './notice.module.css';

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, in the words of whoever refused it, and what to do next. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof ApiError || error instanceof NoAnswerError ? error.remedy : undefined;
  return (
    <div className={styles['notice']} role="alert">
      <p className={styles['title']}>
        <StatusMark kind="failed">{message}</StatusMark>
      </p>
      {remedy !== undefined && <p>{remedy}</p>}
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}
