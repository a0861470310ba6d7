import { useQuery } from '@tanstack/react-query';
import { planQuery, reportQuery, type Promotion } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { ChecksList } from './checks-list.tsx';
import { countChecks, latestChecks } from './count-checks.ts';
import { countPlan } from './count-plan.ts';
import { PlanChanges } from './plan-changes.tsx';
import { ReturnLine } from './return-line.tsx';
import styles from './promotion-plan.module.css';

interface PromotionPlanProps {
  readonly promotion: Promotion;
  /** Whether all of it is in sight at once. */
  readonly isOpen?: boolean;
}

/** What it changes, what it was checked for, and what if it goes wrong: in one line each, and all of it when opened. */
export function PromotionPlan({ promotion, isOpen = false }: PromotionPlanProps) {
  const { data: planned } = useQuery({
    ...planQuery(promotion.id, promotion.planHash),
    enabled: promotion.planHash !== null,
  });
  const { data: report } = useQuery(reportQuery(promotion.id, promotion.updatedAt));
  const plan = planned?.plan ?? undefined;
  const checks = latestChecks(report?.checks ?? []);
  const { kind, words } = countChecks(checks);
  const opened = isOpen ? { open: true } : {};
  if (plan === undefined && checks.length === 0) return null;
  return (
    <section aria-label="Plan" className={styles['plan']}>
      {plan !== undefined && (
        <details {...opened}>
          <summary>
            <span className={styles['what']}>Changes</span> {countPlan(plan)}
          </summary>
          <PlanChanges plan={plan} />
        </details>
      )}
      {checks.length > 0 && (
        <details {...opened}>
          <summary>
            <span className={styles['what']}>Checks</span> <StatusMark kind={kind}>{words}</StatusMark>
          </summary>
          <ChecksList checks={checks} />
        </details>
      )}
      {plan !== undefined && <ReturnLine promotion={promotion} plan={plan} />}
      {plan?.irreversible.map((each) => (
        <p key={each}>
          <StatusMark kind="waiting">Cannot be undone: {each}</StatusMark>
        </p>
      ))}
    </section>
  );
}
