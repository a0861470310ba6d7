import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Promotion } from '../../api/queries.ts';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import styles from './approval-panel.module.css';
import { diffOfPlans } from './diff-of-plans.ts';
import { planSinceQuery } from './promotion-queries.ts';

interface StalePlanNoticeProps {
  readonly promotion: Promotion;
  /** The plan that whoever looks was asked about, and the one that there is now. */
  readonly seen: string;
  readonly now: string;
  readonly onRead: () => void;
}

/** Says that what is to be approved is another thing by now, and shows in what; only whoever has read that can go on. */
export function StalePlanNotice({ promotion, seen, now, onRead }: StalePlanNoticeProps) {
  const since = useQuery(planSinceQuery(promotion.id, seen, now));
  const changes = diffOfPlans(since.data?.before ?? undefined, since.data?.now ?? undefined);
  return (
    <div className={styles['stale']} role="alert">
      <p>
        <StatusMark kind="waiting">This is no longer what you were asked.</StatusMark>
      </p>
      {since.isPending && <SkeletonRows count={2} />}
      <QueryError query={since} />
      {since.data !== undefined && since.data.changes.length > 0 && (
        <>
          <p>Changed:</p>
          <ul>
            {since.data.changes.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      )}
      {changes.length > 0 && <ValueDiff changes={changes} sides={['You were asked', 'It is now']} />}
      <Button className={styles['read']} disabled={since.isPending} onClick={onRead}>
        I have read it
      </Button>
    </div>
  );
}
