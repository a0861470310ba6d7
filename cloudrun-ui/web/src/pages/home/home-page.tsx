import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { activePromotionsQuery, closuresQuery, environmentsQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { rowsNamed, toMatrix } from './matrix.ts';
import { MatrixTable } from './matrix-table.tsx';

/** What runs where, and what needs somebody. */
export function HomePage() {
  const { search = '' } = useSearch({ from: '/' });
  const states = useQuery(environmentsQuery());
  const { data: promotions } = useQuery(activePromotionsQuery);
  const { data: closures } = useQuery(closuresQuery);
  const matrix = useMemo(
    () => toMatrix(states.data?.environments ?? [], promotions?.items ?? [], closures?.closures ?? []),
    [states.data, promotions, closures],
  );
  return (
    <>
      <PageTitle title="What runs where" />
      {states.isError && <ErrorNotice error={states.error} onRetry={() => void states.refetch()} />}
      {states.isPending && <SkeletonRows count={8} />}
      {states.isSuccess && matrix.rows.length === 0 && (
        <EmptyNotice title="Here stands what runs in each environment.">
          <p>Register what runs today, and this page shows it:</p>
          <code>promote adopt</code>
        </EmptyNotice>
      )}
      {matrix.rows.length > 0 && (
        <MatrixTable environments={matrix.environments} rows={rowsNamed(matrix.rows, search)} search={search} />
      )}
    </>
  );
}
