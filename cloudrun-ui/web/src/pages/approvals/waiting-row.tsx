import { useState } from 'react';
import type { PromotionSummary } from '../../api/queries.ts';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import styles from './approval-card.module.css';
import { OpenApproval, type OpenApprovalProps } from './open-approval.tsx';

interface WaitingRowProps extends Pick<OpenApprovalProps, 'asks' | 'stage'> {
  readonly promotion: PromotionSummary;
}

/** One promotion that waits, in a line; whole when somebody opens it. */
export function WaitingRow({ promotion, ...asked }: WaitingRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, application, release, to, requestedBy, createdAt, waiting } = promotion;
  return (
    <details className={styles['row']} data-row="" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary tabIndex={0}>
        <span className={styles['what']}>
          {application} {release} → {to}
        </span>{' '}
        <span className="quiet">
          {requestedBy} asked <When at={createdAt} />
          {waiting !== null && <> · waits for {waiting.detail}</>}
          {waiting !== null && waiting.until !== null && (
            <>
              {' '}
              · expires in <Countdown until={waiting.until} over="no time" />
            </>
          )}
        </span>
      </summary>
      {isOpen && <OpenApproval id={id} {...asked} />}
    </details>
  );
}
