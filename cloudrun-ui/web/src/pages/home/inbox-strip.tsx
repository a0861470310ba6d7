import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { inboxQuery, type Inbox } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './inbox-strip.module.css';

const shown = 3;

/** What waits for whoever looks, before everything else; nothing where nothing does. */
export function InboxStrip() {
  const { data } = useQuery(inboxQuery);
  if (data === undefined || data.items.length === 0) return null;
  const rest = data.items.length - shown;
  return (
    <section className={styles['strip']} aria-label="What waits for you">
      <ul className={styles['list']}>
        {data.items.slice(0, shown).map(({ asks, stage, promotion }) => (
          <li key={promotion.id}>
            <StatusMark kind={asks === 'rollback-failed' ? 'failed' : 'waiting'}>
              <Link to="/promotions/$promotion" params={{ promotion: promotion.id }} className={styles['link']}>
                {promotion.application} {promotion.release} → {promotion.to}
              </Link>
            </StatusMark>{' '}
            <span className="quiet">
              {wordsOf(asks, stage)} · {promotion.requestedBy} asked <When at={promotion.createdAt} />
            </span>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <Link to="/approvals">and {rest} more</Link>
          </li>
        )}
      </ul>
    </section>
  );
}

function wordsOf(asks: Inbox['items'][number]['asks'], stage: string | null): string {
  switch (asks) {
    case 'approval':
      return stage === null ? 'waits for your approval' : `waits for your approval as ${stage}`;
    case 'checklist':
      return 'waits for items that you may tick';
    case 'rollback-failed':
      return 'could not be taken back and needs you';
  }
}
