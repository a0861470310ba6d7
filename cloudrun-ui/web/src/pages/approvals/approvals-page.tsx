import { useQuery } from '@tanstack/react-query';
import { awaitingApprovalQuery, promotionQuery, type Promotion } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ApprovalCard } from './approval-card.tsx';

/** What waits for somebody to say yes or no. */
export function Page() {
  const waiting = useQuery(awaitingApprovalQuery);
  return (
    <>
      <PageTitle title="What waits for an approval" />
      {waiting.isError && <ErrorNotice error={waiting.error} onRetry={() => void waiting.refetch()} />}
      {waiting.isPending && <SkeletonRows count={4} />}
      {waiting.isSuccess && waiting.data.items.length === 0 && (
        <EmptyNotice title="Here stands whatever needs your yes or no.">
          <p>Nothing does. A promotion along a path that asks for approvals comes here by itself.</p>
        </EmptyNotice>
      )}
      {waiting.data?.items.map((promotion) => (
        <WithDetail key={promotion.id} promotion={promotion} />
      ))}
    </>
  );
}

function WithDetail({ promotion }: { readonly promotion: Promotion }) {
  const { data } = useQuery(promotionQuery(promotion.id));
  return data === undefined ? <SkeletonRows count={2} /> : <ApprovalCard detail={data} />;
}
