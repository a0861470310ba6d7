import { useQuery } from '@tanstack/react-query';
import { Navigate, useSearch } from '@tanstack/react-router';
import { answer, api } from '../../api/client.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';

/** More than these nobody looks through for the newest one along a path. */
const lookedAt = 50;

/** Leads to the newest promotion along a path, as links of deployed stacks ask for it. */
export function Page() {
  const { from, to } = useSearch({ from: '/promotions/latest' });
  const newest = useQuery({
    queryKey: ['latest-promotion', from ?? null, to ?? null],
    queryFn: async ({ signal }) => {
      const query = { limit: lookedAt, ...(to === undefined ? {} : { environment: to }) };
      const { items } = await answer(api.GET('/api/promotions', { signal, params: { query } }));
      return items.find((promotion) => from === undefined || promotion.from === from)?.id ?? null;
    },
    staleTime: 0,
  });
  if (typeof newest.data === 'string') {
    return <Navigate to="/promotions/$promotion" params={{ promotion: newest.data }} replace />;
  }
  const way = [from, to].filter((name) => name !== undefined).join(' → ');
  return (
    <>
      <PageTitle title={way === '' ? 'The newest promotion' : `The newest promotion ${way}`} />
      <QueryError query={newest} />
      {newest.isPending && <SkeletonRows count={4} />}
      {newest.data === null && (
        <EmptyNotice title="Here the newest promotion of this path would open.">
          <p>Nothing has moved along it yet:</p>
          <code>promote run &lt;application&gt; --release &lt;release&gt; --to {to ?? '<environment>'}</code>
        </EmptyNotice>
      )}
    </>
  );
}
