import { Link } from '@tanstack/react-router';
import styles from './history-views.module.css';

/** The two ways to look at the past: by promotions that are over, and by what changed in a time. */
export function HistoryViews() {
  return (
    <nav className={styles['views']} aria-label="Ways to look at the past">
      <Link
        to="/history"
        activeOptions={{ exact: true, includeSearch: false }}
        activeProps={{ 'aria-current': 'page' }}
      >
        Promotions
      </Link>
      <Link to="/history/changed" activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
        What changed when
      </Link>
    </nav>
  );
}
