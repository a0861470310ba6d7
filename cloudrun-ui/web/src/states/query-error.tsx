import { ApiError } from '../api/api-error.ts';
import { ErrorNotice } from './error-notice.tsx';

interface QueryErrorProps {
  readonly query: {
    readonly isError: boolean;
    readonly error: unknown;
    readonly data: unknown;
    readonly refetch: () => unknown;
  };
}

/** Why something cannot be shown. That the server is gone, the page says once, and keeps what it has. */
export function QueryError({ query: { isError, error, data, refetch } }: QueryErrorProps) {
  if (!isError || (data !== undefined && !(error instanceof ApiError))) return null;
  return <ErrorNotice error={error} onRetry={() => void refetch()} />;
}
