import { useQuery } from '@tanstack/react-query';
import { promotionQuery, type Inbox } from '../../api/queries.ts';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ApprovalCard } from './approval-card.tsx';

export interface OpenApprovalProps {
  readonly id: string;
  /** What is asked of whoever looks. Left out: it is asked of others. */
  readonly asks?: Inbox['items'][number]['asks'] | undefined;
  /** In which his approval would count. */
  readonly stage?: string | null | undefined;
}

/** A promotion that waits, with all there is to know before saying yes or no. */
export function OpenApproval({ id, asks, stage = null }: OpenApprovalProps) {
  const detail = useQuery(promotionQuery(id));
  if (detail.data === undefined) return detail.isError ? <QueryError query={detail} /> : <SkeletonRows count={3} />;
  return <ApprovalCard detail={detail.data} asks={asks} stage={stage} />;
}
