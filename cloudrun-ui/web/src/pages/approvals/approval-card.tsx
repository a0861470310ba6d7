import { Link } from '@tanstack/react-router';
import type { PromotionDetail } from '../../api/queries.ts';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { toSentence } from '../../text/to-sentence.ts';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import { ApprovalPanel } from '../promotion/approval-panel.tsx';
import { ChecklistPanel } from '../promotion/checklist-panel.tsx';
import { PromotionPlan } from '../promotion/promotion-plan.tsx';
import styles from './approval-card.module.css';
import type { OpenApprovalProps } from './open-approval.tsx';

interface ApprovalCardProps extends Pick<OpenApprovalProps, 'asks' | 'stage'> {
  readonly detail: PromotionDetail;
}

/** One promotion that waits: what it is, who asked, how long it may wait, what changes, and the two buttons. */
export function ApprovalCard({ detail, asks, stage }: ApprovalCardProps) {
  const { promotion } = detail;
  const { waiting } = promotion;
  return (
    <article className={styles['card']} data-row="">
      <h2>
        <Link to="/promotions/$promotion" params={{ promotion: promotion.id }}>
          {promotion.application} {promotion.release} → {promotion.to}
        </Link>
      </h2>
      {asks !== undefined && <p>{askedText(asks, stage ?? null)}</p>}
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
      {waiting !== null ? (
        <p>Waits for {waiting.detail}</p>
      ) : (
        <p>
          <StatusMark kind={statusOfState(promotion.state, false)}>{toSentence(promotion.stateText)}</StatusMark>
        </p>
      )}
      <PromotionPlan promotion={promotion} />
      <ChecklistPanel detail={detail} />
      <ApprovalPanel detail={detail} />
    </article>
  );
}

function askedText(asks: NonNullable<OpenApprovalProps['asks']>, stage: string | null): string {
  switch (asks) {
    case 'approval':
      return stage === null ? 'It needs you.' : `It needs you, as ${stage}.`;
    case 'checklist':
      return 'It needs items that you may tick.';
    case 'rollback-failed':
      return 'It could not be taken back, and needs you.';
  }
}
