import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { canGoOn } from '../../api/can-go-on.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { auditEntriesQuery } from './audit-query.ts';
import { ChainStatus } from './chain-status.tsx';
import { EntryTable } from './entry-table.tsx';
import { ExportLinks } from './export-links.tsx';

/** Who did what, and whether that can be relied on. */
export function Page() {
  const filter = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const trail = useInfiniteQuery(auditEntriesQuery(filter));
  const entries = trail.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageTitle title="Who did what">
        <ExportLinks filter={filter} />
      </PageTitle>
      <ChainStatus />
      <AuditFilters filter={filter} onChange={(changed) => void navigate({ search: changed, replace: true })} />
      <QueryError query={trail} />
      {trail.isPending && <SkeletonRows count={12} />}
      {trail.isSuccess && entries.length === 0 && (
        <EmptyNotice title="Here stands everything that was done, and by whom.">
          <p>
            {filter.engine === true
              ? 'Nothing was that you asked for. Ask for less.'
              : 'Nobody did what you asked for. Ask for less, or show what the engine does by itself, too.'}
          </p>
        </EmptyNotice>
      )}
      {entries.length > 0 && (
        <EntryTable entries={entries} onEnd={canGoOn(trail) ? () => void trail.fetchNextPage() : undefined} />
      )}
    </>
  );
}
