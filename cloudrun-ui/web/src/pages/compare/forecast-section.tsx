import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { StatusMark } from '../../status/status-mark.tsx';
import { countPlan } from '../promotion/count-plan.ts';
import { PlanChanges } from '../promotion/plan-changes.tsx';
import type { Comparison } from './compare-query.ts';
import { ReadinessList } from './readiness-list.tsx';
import styles from './compare.module.css';

/** What promoting what runs on the left into the right would change, and how ready it is for that. */
export function ForecastSection({ comparison }: { readonly comparison: Comparison }) {
  const { application, from, to, forecast, readiness } = comparison;
  const wish = {
    promote: application,
    from: from.environment,
    to: to.environment,
    ...(forecast === null ? {} : { release: forecast.release }),
  };
  return (
    <section className={styles['forecast']} aria-label="What promoting would change">
      <h2>
        {forecast === null ? 'Promoting' : `Promoting ${forecast.release} into ${to.environment} would change`}
        {forecast?.kind === 'planned' && (
          <Button size="xs" renderRoot={(props) => <Link to="/" search={wish} {...props} />}>
            Promote to {to.environment}
          </Button>
        )}
      </h2>
      {forecast === null && (
        <p className="quiet">
          {readiness === null
            ? `No path leads from ${from.environment} to ${to.environment}, so nothing can be promoted.`
            : `Nothing runs in ${from.environment} that could be promoted.`}
        </p>
      )}
      {forecast?.kind === 'unknown' && (
        <p>
          <StatusMark kind="waiting">Not known: {forecast.why}</StatusMark>
        </p>
      )}
      {forecast?.kind === 'planned' && forecast.plan !== null && (
        <>
          <p>{countPlan(forecast.plan)}</p>
          <PlanChanges plan={forecast.plan} />
          {forecast.plan.irreversible.map((each) => (
            <p key={each}>
              <StatusMark kind="waiting">Cannot be undone: {each}</StatusMark>
            </p>
          ))}
        </>
      )}
      {readiness !== null && <ReadinessList readiness={readiness} />}
    </section>
  );
}
