import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Promotion } from '../../api/queries.ts';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { formatDuration } from '../../time/format-duration.ts';
import { errorSeries, formatMs, formatPercent, responseSeries } from './canary-series.ts';
import { CanaryTable } from './canary-table.tsx';
import { canaryQuery, type CanaryCourse } from './promotion-queries.ts';
import styles from './canary-panel.module.css';

const CanaryChart = lazy(() => import('./canary-chart.tsx'));

/** How the new instances do beside the old ones, while they share the requests; nothing for a promotion without a canary. */
export function CanaryPanel({ promotion }: { readonly promotion: Promotion }) {
  const step = promotion.steps.find(({ name }) => name === 'shift-canary');
  const hasBegun = step !== undefined && step.status !== 'pending' && step.startedAt !== null;
  const canary = useQuery({ ...canaryQuery(promotion.id, promotion.updatedAt), enabled: hasBegun });
  if (!hasBegun) return null;
  const course = canary.data?.canary ?? undefined;
  return (
    <section aria-label="Canary" className={styles['panel']}>
      <h2 className={styles['title']}>Canary</h2>
      <QueryError query={canary} />
      {course === undefined && canary.isPending && <SkeletonRows count={4} />}
      {course !== undefined && <Course course={course} isWatched={step.finishedAt === null} />}
    </section>
  );
}

function Course({ course, isWatched }: { readonly course: CanaryCourse; readonly isWatched: boolean }) {
  const { readings, allowedErrorPercent, percentage, durationSeconds, startedAt } = course;
  const last = readings.at(-1);
  if (last === undefined) {
    return isWatched ? (
      <EmptyNotice title="Here stands how the new instances do beside the old ones.">
        <p>Nobody has looked yet, or no instance is replaced, so that there is nothing to compare.</p>
      </EmptyNotice>
    ) : (
      <p className="quiet">No instance was replaced, so that there was nothing to compare.</p>
    );
  }
  const endsAt = startedAt === null ? undefined : new Date(new Date(startedAt).getTime() + durationSeconds * 1000);
  return (
    <>
      <p className={styles['facts']}>
        {percentage !== null && <>{percentage} % of the requests, </>}watched for{' '}
        {formatDuration(durationSeconds * 1000)}
        {isWatched && endsAt !== undefined && (
          <>
            , <Countdown until={endsAt.toISOString()} over="no time" /> left
          </>
        )}{' '}
        · at most {formatPercent(allowedErrorPercent)} may fail
      </p>
      <div className={styles['charts']}>
        <Suspense fallback={<SkeletonRows count={4} />}>
          <CanaryChart
            title="Failed requests"
            series={errorSeries(readings)}
            format={formatPercent}
            limit={{ value: allowedErrorPercent, words: 'Allowed' }}
          />
          <CanaryChart title="Response time" series={responseSeries(readings)} format={formatMs} />
        </Suspense>
      </div>
      <details>
        <summary>The same as a table</summary>
        <CanaryTable readings={readings} />
      </details>
    </>
  );
}
