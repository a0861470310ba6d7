import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { useLive } from '../api/live/live-context.ts';
import { whileVisible } from '../api/live/while-visible.ts';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { PersonMenu } from './person-menu.tsx';
import { places } from './places.ts';
import { SearchBox } from './search-box.tsx';
import { useKeyboard } from './use-keyboard.ts';
import styles from './app-frame.module.css';

const KeyboardHelp = lazy(() => import('./keyboard-help.tsx'));

/** What stands around every page: where one is, who one is, and the way elsewhere. */
export function AppFrame() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const live = useLive();
  const search = useRef<HTMLInputElement>(null);
  const openSearch = useCallback(() => search.current?.focus(), []);
  const openHelp = useCallback(() => {
    setHelpOpen(true);
  }, []);
  useEffect(
    () =>
      whileVisible(
        () => live.start(),
        () => live.stop(),
      ),
    [live],
  );
  useKeyboard({ onSearch: openSearch, onHelp: openHelp });
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#page">
        Skip to the page
      </a>
      <header className={styles['top']}>
        <Link to="/" className={styles['brand']}>
          <img src="/icon.svg" alt="" width="20" height="20" />
          <span>Promotion Process</span>
        </Link>
        <SearchBox ref={search} />
        <ColorSchemeSwitch />
        <PersonMenu />
      </header>
      <nav className={styles['places']} aria-label="Pages">
        {places.map(({ path, title, exact = false }) => (
          <Link
            key={path}
            to={path}
            className={styles['place']}
            activeOptions={{ exact }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {title}
          </Link>
        ))}
      </nav>
      <main id="page" className={styles['page']} tabIndex={-1}>
        <ConnectionNotice />
        <Outlet />
      </main>
      {isHelpOpen && (
        <Suspense>
          <KeyboardHelp
            onClose={() => {
              setHelpOpen(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
