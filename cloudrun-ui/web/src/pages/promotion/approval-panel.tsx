import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { inboxQuery, type PromotionDetail } from '../../api/queries.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './approval-panel.module.css';

/** Who said yes or no to which plan, and, while it waits for somebody, the two buttons. */
export function ApprovalPanel({ detail }: { readonly detail: PromotionDetail }) {
  const { promotion, approvals } = detail;
  const [isRejecting, setRejecting] = useState(false);
  const { data: inbox } = useQuery(inboxQuery);
  const decide = useCommand(
    (wish: { readonly decision: 'approved' | 'rejected'; readonly comment?: string }, key: string) =>
      answer(
        api.POST('/api/promotions/{promotion}/decisions', {
          params: { path: { promotion: promotion.id }, header: { 'idempotency-key': key } },
          body: { ...wish, planHash: promotion.planHash ?? '' },
        }),
      ),
  );
  const isAsked = promotion.state === 'PENDING_APPROVAL' && promotion.planHash !== null;
  const counts = inbox?.items.some((each) => each.promotion.id === promotion.id);
  if (!isAsked && approvals.length === 0) return null;
  return (
    <section className={styles['panel']} aria-label="Approvals">
      {approvals.map((approval) => (
        <p key={`${approval.stage} ${approval.by} ${approval.at}`}>
          <StatusMark kind={approval.decision === 'approved' ? 'promoted' : 'failed'}>
            {approval.by} {approval.decision}
          </StatusMark>{' '}
          <span className="quiet">
            for {approval.stage}, <When at={approval.at} />
            {!approval.isOverThisPlan && ', of a plan that is no longer this one'}
            {approval.comment !== null && <>: “{approval.comment}”</>}
          </span>
        </p>
      ))}
      {isAsked && counts === false && (
        <p className="quiet">It waits for somebody else: an approval of yours would not count here.</p>
      )}
      {isAsked && counts === true && (
        <div className={styles['buttons']}>
          <Button
            variant="filled"
            loading={decide.isPending && !isRejecting}
            onClick={() => {
              decide.mutate({ decision: 'approved' });
            }}
          >
            Approve
          </Button>
          <Button
            onClick={() => {
              decide.reset();
              setRejecting(true);
            }}
          >
            Reject
          </Button>
        </div>
      )}
      {decide.isError && !isRejecting && <ErrorNotice error={decide.error} />}
      {isRejecting && (
        <AskReason
          action="Reject"
          question="Why"
          isDangerous
          isBusy={decide.isPending}
          error={decide.error}
          onClose={() => {
            setRejecting(false);
          }}
          onAnswer={(comment) => {
            decide.mutate(
              { decision: 'rejected', comment },
              {
                onSuccess: () => {
                  setRejecting(false);
                },
              },
            );
          }}
        />
      )}
    </section>
  );
}
