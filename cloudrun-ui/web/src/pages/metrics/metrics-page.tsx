import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { DeliveryFigures } from './delivery-figure-list.tsx';
import { metricsQuery } from './metrics-query.ts';
import { PlacesTable } from './places-table.tsx';
import { ValidationFailures } from './validation-failures.tsx';

const spans = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
];

/** How well releases move. */
export function Page() {
  const { days = 30 } = useSearch({ from: '/metrics' });
  const navigate = useNavigate({ from: '/metrics' });
  const statistics = useQuery(metricsQuery(days));
  return (
    <>
      <PageTitle title="How well releases move">
        <NativeSelect
          size="xs"
          aria-label="How far back"
          data={spans}
          value={String(days)}
          onChange={(event) => void navigate({ search: { days: Number(event.currentTarget.value) }, replace: true })}
        />
      </PageTitle>
      {statistics.isError && <ErrorNotice error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {statistics.isPending && <SkeletonRows count={8} />}
      {statistics.data !== undefined && statistics.data.total.attempts === 0 && (
        <EmptyNotice title="Here stands how often, how fast and how well releases move.">
          <p>None has moved in this time.</p>
        </EmptyNotice>
      )}
      {statistics.data !== undefined && statistics.data.total.attempts > 0 && (
        <>
          <DeliveryFigures statistics={statistics.data} />
          <PlacesTable statistics={statistics.data} />
          <ValidationFailures failures={statistics.data.validationFailures} />
        </>
      )}
    </>
  );
}
