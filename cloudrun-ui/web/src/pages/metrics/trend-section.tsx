import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { trendQuery, type MetricsScope } from './metrics-query.ts';
import styles from './trend-section.module.css';
import { TrendTable } from './trend-table.tsx';
import { isTrendView, trendViews, type TrendView, type TrendViewName } from './trend-views.ts';

const TrendChart = lazy(() => import('./trend-chart.tsx'));

/** One thing over time, drawn and, for whoever wants numbers or cannot see it, as a table. */
export function TrendSection({ scope }: { readonly scope: MetricsScope }) {
  const [name, setName] = useState<TrendViewName>('promotions');
  const trend = useQuery(trendQuery(scope));
  const view: TrendView = trendViews[name];
  return (
    <section className={styles['trend']} aria-label="Over time">
      <div className={styles['head']}>
        <h2>Over time</h2>
        <NativeSelect
          size="xs"
          aria-label="What is shown over time"
          data={Object.entries(trendViews).map(([value, { title }]) => ({ value, label: title }))}
          value={name}
          onChange={({ currentTarget: { value } }) => {
            if (isTrendView(value)) setName(value);
          }}
        />
      </div>
      <QueryError query={trend} />
      {trend.isPending && <SkeletonRows count={6} />}
      {trend.data !== undefined && (
        <>
          <Suspense fallback={<SkeletonRows count={6} />}>
            <TrendChart key={name} view={view} trend={trend.data} />
          </Suspense>
          <details>
            <summary>The same as a table</summary>
            <TrendTable view={view} trend={trend.data} />
          </details>
        </>
      )}
    </section>
  );
}
