import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import styles from './person-menu.module.css';

const SpeakFor = lazy(() => import('./speak-for.tsx'));

/** Who one is to the server; a page that does not say so invites mistakes. */
export function PersonMenu() {
  const [isOpen, setOpen] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return <span className={styles['person']} />;
  return (
    <>
      <button type="button" className={styles['person']} popoverTarget="person-card" aria-expanded={isOpen}>
        <span className={styles['hidden']}>{me.saidBy === null ? 'You are ' : 'You speak for '}</span>
        <span className={styles['name']}>{me.person}</span>
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true" className={styles['mark']}>
          <path d="m4 6 4 4 4-4" />
        </svg>
      </button>
      <div
        ref={card}
        id="person-card"
        popover="auto"
        className={styles['card']}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        <p>
          <strong>{me.person}</strong>{' '}
          <span className="quiet">
            {me.isVerified ? 'signed in' : me.saidBy === null ? 'nobody vouches for this name' : `said by ${me.saidBy}`}
          </span>
        </p>
        <p className="quiet">
          {me.roles.length === 0 ? 'What you may do is what rules and bindings say.' : me.roles.join(', ')}
        </p>
        {me.signIn === 'development' && isOpen && (
          <Suspense>
            <SpeakFor me={me} onDone={() => card.current?.hidePopover()} />
          </Suspense>
        )}
      </div>
    </>
  );
}
