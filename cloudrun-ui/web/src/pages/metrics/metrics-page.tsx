import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { PlaceWords } from '../../table/place-words.tsx';
import { counted } from '../../text/counted.ts';
import { DeliveryFigures } from './delivery-figure-list.tsx';
import { metricsQuery } from './metrics-query.ts';
import { PlacesTable } from './places-table.tsx';
import { TrendSection } from './trend-section.tsx';
import { ValidationFailures } from './validation-failures.tsx';

const spans = [
  { value: '1', label: 'in a day' },
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
];

/** One that only the address names is offered too, so that what is shown is what is counted. */
function otherSpan(days: number) {
  return { value: String(days), label: `in ${counted(days, 'day')}` };
}

/** How well releases move. */
export function Page() {
  const { days = 30, application, environment } = useSearch({ from: '/metrics' });
  const navigate = useNavigate({ from: '/metrics' });
  const scope = { days, application, environment };
  const statistics = useQuery(metricsQuery(scope));
  const { data } = statistics;
  const hasAnything = data !== undefined && (data.total.attempts > 0 || data.restorations.total.needed > 0);
  const isClipped = data?.keptDays !== undefined && data.keptDays !== null && data.keptDays < days;
  return (
    <>
      <PageTitle title="How well releases move">
        <PlaceWords
          filter={scope}
          onChange={(change) => void navigate({ search: { ...scope, ...change }, replace: true })}
        />
        <NativeSelect
          size="xs"
          aria-label="How far back"
          data={spans.some(({ value }) => value === String(days)) ? spans : [otherSpan(days), ...spans]}
          value={String(days)}
          onChange={(event) =>
            void navigate({ search: { ...scope, days: Number(event.currentTarget.value) }, replace: true })
          }
        />
      </PageTitle>
      <QueryError query={statistics} />
      {statistics.isPending && <SkeletonRows count={8} />}
      {isClipped && <p className="quiet">The rules keep metrics for {data.keptDays} days, so no more is counted.</p>}
      {data !== undefined && !hasAnything && (
        <EmptyNotice title="Here stands how often, how fast and how well releases move.">
          <p>None has moved in this time. Look further back, or everywhere.</p>
        </EmptyNotice>
      )}
      {data !== undefined && hasAnything && (
        <>
          <DeliveryFigures statistics={data} />
          <TrendSection scope={scope} />
          <PlacesTable statistics={data} />
          <ValidationFailures failures={data.validationFailures} />
        </>
      )}
    </>
  );
}
