import { useQuery } from '@tanstack/react-query';
import { awaitingApprovalQuery, inboxQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import styles from './approval-card.module.css';
import { OpenApproval } from './open-approval.tsx';
import { useKept } from './use-kept.ts';
import { WaitingRow } from './waiting-row.tsx';

/** So many are open at once; the others open when somebody comes to them. */
const mostOpen = 5;

/** What waits for somebody to say yes or no: for whoever looks first, then for others. */
export function Page() {
  const waiting = useQuery(awaitingApprovalQuery);
  const inbox = useQuery(inboxQuery);
  const mine = inbox.data?.items ?? [];
  const askedOf = new Map(mine.map((item) => [item.promotion.id, item]));
  // What somebody has decided stays before him, with what becomes of it.
  const open = useKept(mine.slice(0, mostOpen).map(({ promotion }) => promotion.id));
  const closed = mine.filter(({ promotion }) => !open.includes(promotion.id));
  const others = waiting.data?.items.filter(({ id }) => !askedOf.has(id) && !open.includes(id)) ?? [];
  return (
    <>
      <PageTitle title="What waits for an approval" />
      <QueryError query={waiting} />
      <QueryError query={inbox} />
      {(waiting.isPending || inbox.isPending) && <SkeletonRows count={4} />}
      {waiting.isSuccess && inbox.isSuccess && (
        <>
          {mine.length === 0 && (
            <EmptyNotice title="Here stands whatever needs your yes or no.">
              <p>Nothing does. A promotion along a path that asks for approvals comes here by itself.</p>
            </EmptyNotice>
          )}
          {open.map((id) => (
            <OpenApproval key={id} id={id} asks={askedOf.get(id)?.asks} stage={askedOf.get(id)?.stage} />
          ))}
          {closed.map(({ promotion, asks, stage }) => (
            <WaitingRow key={promotion.id} promotion={promotion} asks={asks} stage={stage} />
          ))}
          {inbox.data.isCut && <p className="quiet">There is more; it comes here when some of this is done.</p>}
          {others.length > 0 && <h2 className={styles['others']}>Waits for others</h2>}
          {others.map((promotion) => (
            <WaitingRow key={promotion.id} promotion={promotion} />
          ))}
          {waiting.data.next !== null && (
            <p className="quiet">
              These are the newest {others.length}; the pipeline of each application shows what waits there.
            </p>
          )}
        </>
      )}
    </>
  );
}
