import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import styles from './person-menu.module.css';

/** Who one is to the server; a page that does not say so invites mistakes. */
export function PersonMenu() {
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return <span className={styles['person']} />;
  const roles = me.roles.length === 0 ? 'no role of your own' : me.roles.join(', ');
  return (
    <span className={styles['person']} title={me.isVerified ? 'signed in' : 'nobody vouches for this name'}>
      {me.person}
      <span className="quiet"> {roles}</span>
    </span>
  );
}
