import { useIsRestoring, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { connection } from '../api/connection.ts';
import { When } from '../time/when.tsx';
import styles from './connection-notice.module.css';

/** Says that what is shown may be old, and since when; silent as long as the server answers. */
export function ConnectionNotice() {
  const lostAt = useSyncExternalStore(connection.subscribe, connection.lostAt);
  const client = useQueryClient();
  const isRestoring = useIsRestoring();
  if (lostAt === undefined || isRestoring) return null;
  return (
    <div className={styles['notice']} role="status">
      <span>
        The server has not answered since <When at={lostAt} />. What you see is from then; this page goes on by itself
        when it is back.
      </span>
      <button type="button" onClick={() => void client.invalidateQueries()}>
        Try now
      </button>
    </div>
  );
}
