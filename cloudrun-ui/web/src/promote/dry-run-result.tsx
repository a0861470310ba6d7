import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { newerOf } from '../api/live/promotion-course.ts';
import { usePromotionCourse } from '../api/live/use-promotion-course.ts';
import { promotionQuery, reportQuery, type Promotion } from '../api/queries.ts';
import { FailureNotice } from '../pages/promotion/failure-notice.tsx';
import { PromotionPlan } from '../pages/promotion/promotion-plan.tsx';
import { stepsToTell } from '../pages/promotion/steps-to-tell.ts';
import { QueryError } from '../states/query-error.tsx';
import { SkeletonRows } from '../states/skeleton-rows.tsx';
import { StatusMark } from '../status/status-mark.tsx';
import styles from './promote-form.module.css';

/** What a dry run found: every check, and the whole plan; beside the buttons, so that the same can be asked for at once. */
export function DryRunResult({ id }: { readonly id: string }) {
  const detail = useQuery(promotionQuery(id));
  const course = usePromotionCourse(id);
  if (detail.data === undefined) return detail.isError ? <QueryError query={detail} /> : <SkeletonRows count={4} />;
  return <Found promotion={newerOf(detail.data.promotion, course.promotion)} />;
}

function Found({ promotion }: { readonly promotion: Promotion }) {
  const { data: report } = useQuery(reportQuery(promotion.id, promotion.updatedAt));
  const running = stepsToTell(promotion).find(({ status }) => ['running', 'parked', 'retrying'].includes(status));
  return (
    <section className={styles['result']} aria-label="Dry run">
      <p>
        <StatusMark kind={promotion.endedAt === null ? 'running' : promotion.failure === null ? 'promoted' : 'failed'}>
          {promotion.endedAt === null
            ? `Dry run: ${running?.title ?? 'it begins'}`
            : promotion.failure === null
              ? 'Dry run: it could go as it is'
              : 'Dry run: it would be refused'}
        </StatusMark>{' '}
        <Link to="/promotions/$promotion" params={{ promotion: promotion.id }}>
          {promotion.id}
        </Link>
      </p>
      {promotion.failure !== null && <FailureNotice failure={promotion.failure} report={report} />}
      <PromotionPlan promotion={promotion} isOpen={promotion.endedAt !== null} />
    </section>
  );
}
