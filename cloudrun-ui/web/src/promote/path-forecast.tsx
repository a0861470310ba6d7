import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { comparisonQuery, type Comparison } from '../pages/compare/compare-query.ts';
import { ForecastPlan } from '../pages/compare/forecast-plan.tsx';
import { ReadinessList } from '../pages/compare/readiness-list.tsx';
import type { PipelinePath } from '../pages/pipelines/pipeline-query.ts';
import { QueryError } from '../states/query-error.tsx';
import { SkeletonRows } from '../states/skeleton-rows.tsx';
import styles from './promote-form.module.css';

interface PathForecastProps {
  readonly application: string;
  readonly path: PipelinePath;
  readonly release: string;
}

/** What a promotion would change and how ready that is, found out when somebody looks: nothing is asked for, and no gate stops it. */
export function PathForecast({ application, path: { from, to }, release }: PathForecastProps) {
  const [isOpen, setOpen] = useState(false);
  const comparison = useQuery({ ...comparisonQuery({ application, from, to }), enabled: isOpen });
  return (
    <details
      className={styles['demands']}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>What it would change, and how ready it is</summary>
      {isOpen && comparison.isPending && (
        <div role="status" aria-label={`${from} and ${to} are being compared`}>
          <p className="quiet">
            {from} and {to} are asked for what runs there, which takes some seconds.
          </p>
          <SkeletonRows count={4} />
        </div>
      )}
      <QueryError query={comparison} />
      {comparison.data !== undefined && <Found comparison={comparison.data} release={release} />}
    </details>
  );
}

function Found({ comparison, release }: { readonly comparison: Comparison; readonly release: string }) {
  const { forecast, readiness, from } = comparison;
  if (forecast?.release !== release) {
    return (
      <p className="quiet">
        Only what runs in {from.environment} is known before it is tried: a dry run tells it of {release}.
      </p>
    );
  }
  return (
    <>
      <ForecastPlan forecast={forecast} />
      {readiness !== null && <ReadinessList readiness={readiness} />}
    </>
  );
}
