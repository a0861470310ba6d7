import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { promotionQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ApprovalPanel } from './approval-panel.tsx';
import { ChecklistPanel } from './checklist-panel.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { PromotionActions } from './promotion-actions.tsx';
import { PromotionFacts } from './promotion-facts.tsx';
import { PromotionPlan } from './promotion-plan.tsx';
import { StepLog } from './step-log.tsx';
import { StepTimeline } from './step-timeline.tsx';
import styles from './promotion-page.module.css';

/** How one promotion goes, and what can be done about it. */
export function Page() {
  const { promotion: id } = useParams({ from: '/promotions/$promotion' });
  const detail = useQuery(promotionQuery(id));
  if (detail.isPending) {
    return (
      <>
        <PageTitle title={`Promotion ${id}`} />
        <SkeletonRows count={10} />
      </>
    );
  }
  if (detail.isError && detail.data === undefined) {
    return (
      <>
        <PageTitle title={`Promotion ${id}`} />
        <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
      </>
    );
  }
  const { promotion } = detail.data;
  return (
    <>
      <PageTitle title={`${promotion.application} ${promotion.release}: ${promotion.from} → ${promotion.to}`}>
        <PromotionActions promotion={promotion} />
      </PageTitle>
      <PromotionFacts promotion={promotion} />
      {promotion.failure !== null && <FailureNotice failure={promotion.failure} />}
      <ApprovalPanel detail={detail.data} />
      <ChecklistPanel detail={detail.data} />
      <PromotionPlan promotion={promotion} />
      <div className={styles['columns']}>
        <StepTimeline promotion={promotion} />
        <StepLog id={promotion.id} isMoving={promotion.endedAt === null} />
      </div>
    </>
  );
}
