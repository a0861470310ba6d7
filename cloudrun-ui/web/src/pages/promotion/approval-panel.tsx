import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inboxQuery, reportQuery, type PromotionDetail } from '../../api/queries.ts';
import styles from './approval-panel.module.css';
import { DecisionButtons } from './decision-buttons.tsx';
import { StageList } from './stage-list.tsx';
import { StalePlanNotice } from './stale-plan-notice.tsx';

interface ApprovalPanelProps {
  readonly detail: PromotionDetail;
  /** The plan that whoever looks was asked about, where a link says so. Default: the one that is shown first. */
  readonly askedPlan?: string | undefined;
}

/** Who said yes or no to which plan, and, while it waits for whoever looks, the two buttons. */
export function ApprovalPanel({ detail, askedPlan }: ApprovalPanelProps) {
  const { promotion } = detail;
  // The promotion is told sooner than what people said of its plan.
  const approvals = detail.approvals.map((each) => ({ ...each, isOverThisPlan: each.planHash === promotion.planHash }));
  const [seenPlan, setSeenPlan] = useState<string | null>(askedPlan ?? promotion.planHash);
  const { data: inbox } = useQuery(inboxQuery);
  const { data: report } = useQuery(reportQuery(promotion.id, promotion.updatedAt));
  // The plan that is shown first is the one that is seen first.
  if (seenPlan === null && promotion.planHash !== null) setSeenPlan(promotion.planHash);
  const asked = promotion.state === 'PENDING_APPROVAL' ? promotion.planHash : null;
  // It may wait for the checklist first, which is another thing that somebody can do about it.
  const counts = inbox?.items.some((each) => each.promotion.id === promotion.id && each.asks === 'approval');
  const waitsForChecklist = promotion.waiting?.reason === 'checklist';
  const stages = report?.approvals.stages ?? [];
  if (asked === null && approvals.length === 0) return null;
  return (
    <section className={styles['panel']} aria-label="Approvals">
      <StageList
        approvals={approvals}
        stages={asked === null && approvals.length === 0 ? [] : stages}
        isOver={promotion.endedAt !== null}
      />
      {asked !== null && counts === false && !waitsForChecklist && (
        <p className="quiet">It waits for somebody else: an approval of yours would not count here.</p>
      )}
      {asked !== null && seenPlan !== null && seenPlan !== asked && (
        <StalePlanNotice promotion={promotion} seen={seenPlan} now={asked} onRead={() => setSeenPlan(asked)} />
      )}
      {asked !== null && counts === true && seenPlan === asked && (
        <DecisionButtons promotion={promotion} planHash={asked} />
      )}
    </section>
  );
}
