import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { newerOf } from '../../api/live/promotion-course.ts';
import { usePromotionCourse } from '../../api/live/use-promotion-course.ts';
import { promotionQuery, reportQuery, type PromotionDetail } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ApprovalPanel } from './approval-panel.tsx';
import { CanaryPanel } from './canary-panel.tsx';
import { ChecklistPanel } from './checklist-panel.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { MigrationPanel } from './migration-panel.tsx';
import { NotesPanel } from './notes-panel.tsx';
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
  if (detail.data === undefined) {
    return (
      <>
        <PageTitle title={`Promotion ${id}`} />
        <ErrorNotice error={detail.error} onRetry={() => void detail.refetch()} />
      </>
    );
  }
  // What somebody began to say about one promotion must not end up at another one.
  return <Followed key={id} detail={detail.data} />;
}

/** The promotion as it is from moment to moment. */
function Followed({ detail }: { readonly detail: PromotionDetail }) {
  const { plan } = useSearch({ from: '/promotions/$promotion' });
  const course = usePromotionCourse(detail.promotion.id);
  const promotion = newerOf(detail.promotion, course.promotion);
  const { data: report } = useQuery(reportQuery(promotion.id, promotion.updatedAt));
  const shown = { ...detail, promotion };
  return (
    <>
      <PageTitle title={`${promotion.application} ${promotion.release}: ${promotion.from} → ${promotion.to}`}>
        <PromotionActions promotion={promotion} />
      </PageTitle>
      <PromotionFacts promotion={promotion} />
      {promotion.failure !== null && <FailureNotice failure={promotion.failure} report={report} />}
      <PromotionPlan promotion={promotion} />
      <ChecklistPanel detail={shown} />
      <ApprovalPanel detail={shown} askedPlan={plan} />
      <CanaryPanel promotion={promotion} />
      <MigrationPanel promotion={promotion} lines={course.lines} />
      <div className={styles['columns']}>
        <StepTimeline promotion={promotion} report={report} />
        <StepLog id={promotion.id} lines={course.lines} isMoving={promotion.endedAt === null} />
      </div>
      <NotesPanel detail={shown} />
    </>
  );
}
