import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Comparison } from './compare-query.ts';
import { ForecastPlan } from './forecast-plan.tsx';
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
      {forecast !== null && <ForecastPlan forecast={forecast} />}
      {readiness !== null && <ReadinessList readiness={readiness} />}
    </section>
  );
}
