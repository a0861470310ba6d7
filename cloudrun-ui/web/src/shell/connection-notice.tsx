import { useEffect, useSyncExternalStore } from 'react';
import { api } from '../api/client.ts';
import { connection } from '../api/connection.ts';
import { useLive } from '../api/live/live-context.ts';
import { When } from '../time/when.tsx';
import styles from './connection-notice.module.css';

/** How often a server that does not answer is asked again. */
const askAgainMs = 2000;

/** Says that what is shown may be old, and since when; silent as long as the server answers. */
export function ConnectionNotice() {
  const lostAt = useSyncExternalStore(connection.subscribe, connection.lostAt);
  const live = useLive();
  useEffect(() => {
    if (lostAt === undefined) return undefined;
    const timer = window.setInterval(() => {
      // Whether it is answered, the connection itself finds out.
      if (connection.partLostAt('requests') !== undefined) api.GET('/api/me').catch(() => undefined);
    }, askAgainMs);
    return () => {
      window.clearInterval(timer);
      void live.refresh();
    };
  }, [lostAt, live]);
  if (lostAt === undefined) return null;
  return (
    <div className={styles['notice']} role="status">
      <span>
        Reconnecting since {clockTime(lostAt)} (<When at={lostAt} />
        ): the server does not answer. What you see is from then; this page goes on by itself when it is back.
      </span>
      <button type="button" onClick={() => live.hurry()}>
        Try now
      </button>
    </div>
  );
}

function clockTime(at: string): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
