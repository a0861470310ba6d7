import { useQuery } from '@tanstack/react-query';
import { awaitingApprovalQuery, inboxQuery, promotionQuery, type PromotionSummary } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ApprovalCard } from './approval-card.tsx';
import styles from './approval-card.module.css';

/** What waits for somebody to say yes or no: for whoever looks first, then for others. */
export function Page() {
  const waiting = useQuery(awaitingApprovalQuery);
  const inbox = useQuery(inboxQuery);
  const mine = new Set(inbox.data?.items.map(({ promotion }) => promotion.id));
  const all = waiting.data?.items ?? [];
  const others = all.filter(({ id }) => !mine.has(id));
  return (
    <>
      <PageTitle title="What waits for an approval" />
      <QueryError query={waiting} />
      <QueryError query={inbox} />
      {(waiting.isPending || inbox.isPending) && <SkeletonRows count={4} />}
      {waiting.isSuccess && inbox.isSuccess && (
        <>
          {mine.size === 0 && (
            <EmptyNotice title="Here stands whatever needs your yes or no.">
              <p>Nothing does. A promotion along a path that asks for approvals comes here by itself.</p>
            </EmptyNotice>
          )}
          {inbox.data.items.map(({ promotion }) => (
            <WithDetail key={promotion.id} promotion={promotion} />
          ))}
          {others.length > 0 && <h2 className={styles['others']}>Waits for others</h2>}
          {others.map((promotion) => (
            <WithDetail key={promotion.id} promotion={promotion} />
          ))}
        </>
      )}
    </>
  );
}

function WithDetail({ promotion }: { readonly promotion: PromotionSummary }) {
  const { data } = useQuery(promotionQuery(promotion.id));
  return data === undefined ? <SkeletonRows count={2} /> : <ApprovalCard detail={data} />;
}
