import { useQuery } from '@tanstack/react-query';
import { planQuery, reportQuery, type Promotion } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { ChecksList } from './checks-list.tsx';
import { PlanChanges } from './plan-changes.tsx';
import { countPlan } from './count-plan.ts';
import styles from './promotion-plan.module.css';

/** What it changes, what it was checked for, and what cannot be undone: in one line each, and all of it when opened. */
export function PromotionPlan({ promotion }: { readonly promotion: Promotion }) {
  const { data: planned } = useQuery({
    ...planQuery(promotion.id, promotion.planHash),
    enabled: promotion.planHash !== null,
  });
  const { data: report } = useQuery(reportQuery(promotion.id, promotion.updatedAt));
  const plan = planned?.plan ?? undefined;
  const checks = report?.checks ?? [];
  const failed = checks.filter(({ verdict }) => verdict === 'fail').length;
  const warned = checks.filter(({ verdict }) => verdict === 'warn').length;
  // What the rules refused before there was a plan was checked all the same.
  if (plan === undefined && checks.length === 0) return null;
  return (
    <section aria-label="Plan" className={styles['plan']}>
      {plan !== undefined && (
        <details>
          <summary>
            <span className={styles['what']}>Changes</span> {countPlan(plan)}
          </summary>
          <PlanChanges plan={plan} />
        </details>
      )}
      {checks.length > 0 && (
        <details>
          <summary>
            <span className={styles['what']}>Checks</span>{' '}
            <StatusMark kind={failed > 0 ? 'failed' : warned > 0 ? 'waiting' : 'promoted'}>
              {failed > 0
                ? `${String(failed)} of ${String(checks.length)} failed`
                : warned > 0
                  ? `${String(checks.length)} passed, ${String(warned)} with a warning`
                  : `all ${String(checks.length)} passed`}
            </StatusMark>
          </summary>
          <ChecksList checks={checks} />
        </details>
      )}
      {plan?.irreversible.map((each) => (
        <p key={each}>
          <StatusMark kind="waiting">Cannot be undone: {each}</StatusMark>
        </p>
      ))}
    </section>
  );
}
