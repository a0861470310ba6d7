import { Link } from '@tanstack/react-router';
import type { PromotionDetail } from '../../api/queries.ts';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import { ApprovalPanel } from '../promotion/approval-panel.tsx';
import { PromotionPlan } from '../promotion/promotion-plan.tsx';
import styles from './approval-card.module.css';

/** One promotion that waits: what it is, who asked, how long it may wait, what changes, and the two buttons. */
export function ApprovalCard({ detail }: { readonly detail: PromotionDetail }) {
  const { promotion } = detail;
  const { waiting } = promotion;
  return (
    <article className={styles['card']} data-row="">
      <h2>
        <Link to="/promotions/$promotion" params={{ promotion: promotion.id }}>
          {promotion.application} {promotion.release} → {promotion.to}
        </Link>
      </h2>
      <p className="quiet">
        {promotion.requestedBy} asked <When at={promotion.createdAt} />
        {promotion.reason !== null && <>: “{promotion.reason}”</>}
        {waiting !== null && waiting.until !== null && (
          <>
            {' '}
            · expires in <Countdown until={waiting.until} over="no time" />
          </>
        )}
      </p>
      {waiting !== null && <p>Waits for {waiting.detail}</p>}
      {promotion.planHash !== null && <PromotionPlan promotion={promotion} />}
      <ApprovalPanel detail={detail} />
    </article>
  );
}
