import { useQuery } from '@tanstack/react-query';
import type { Plan, Promotion } from '../../api/queries.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { returnQuery } from './promotion-queries.ts';
import styles from './promotion-plan.module.css';

interface ReturnLineProps {
  readonly promotion: Promotion;
  readonly plan: Plan;
}

/** What happens if it goes wrong, said before it goes: to what it returns, how long that takes, and until when nothing is lost. */
export function ReturnLine({ promotion, plan }: ReturnLineProps) {
  const isAhead = promotion.kind === 'promote' && promotion.endedAt === null && promotion.rollback === null;
  // How long it takes, whoever decides should know; to which release it returns is in the plan.
  const isDecided = promotion.state !== 'PENDING_APPROVAL';
  const { data: preview } = useQuery({ ...returnQuery(promotion.id, plan.hash), enabled: isAhead && !isDecided });
  if (!isAhead || promotion.isDryRun) return null;
  const release = preview?.returnsTo ?? plan.target.release;
  const isLossless = preview !== undefined && preview.discards === null && preview.schema?.kind !== 'refuse';
  const later = plan.database?.waiting.length ?? 0;
  return (
    <p>
      <span className={styles['what']}>If not</span>{' '}
      {release === null ? (
        'there is no release to return to'
      ) : (
        <>
          returns to {release}
          {preview?.lastTookMs !== undefined && preview.lastTookMs !== null && (
            <>, which took {formatDuration(preview.lastTookMs)} the last time</>
          )}
          {isLossless && <>; no write is lost</>}
          {isLossless && later > 0 && plan.database !== null && (
            <>
              , until contract migrations run {formatDuration(plan.database.undoWindowSeconds * 1000)} after it is
              verified
            </>
          )}
        </>
      )}
    </p>
  );
}
