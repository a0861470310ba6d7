import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { canGoOn } from '../../api/can-go-on.ts';
import { matrixQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { InboxStrip } from './inbox-strip.tsx';
import { columnsOf } from './matrix.ts';
import { MatrixTable } from './matrix-table.tsx';
import { rememberRows } from './remember-rows.ts';
import { useFreshRows } from './use-fresh-rows.ts';
import { useSameWhileEqual } from './use-same-while-equal.ts';

const PromoteDrawer = lazy(() => import('../../promote/promote-drawer.tsx'));

/** What runs where, and what needs somebody. */
export function HomePage() {
  const { search = '', promote, ...wish } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const matrix = useInfiniteQuery(matrixQuery(search));
  const look = useFreshRows(search);
  const toRows = useMemo(() => rememberRows(), []);
  const pages = matrix.data?.pages;
  const environments = useSameWhileEqual(columnsOf(pages ?? []));
  const rows = useMemo(() => toRows(pages ?? []), [toRows, pages]);
  return (
    <>
      <PageTitle title="What runs where">
        <Button
          variant="filled"
          onClick={() => void navigate({ search: (now) => ({ ...now, promote: true }), resetScroll: false })}
        >
          Promote
        </Button>
      </PageTitle>
      <InboxStrip />
      {search !== '' && (
        <p>
          Applications with “{search}” in their names · <Link to="/">Show all</Link>
        </p>
      )}
      <QueryError query={matrix} />
      {matrix.isPending && <SkeletonRows count={8} />}
      {matrix.data !== undefined && rows.length === 0 && search === '' && (
        <EmptyNotice title="Here stands what runs in each environment.">
          <p>Register what runs today, and this page shows it:</p>
          <code>promote adopt</code>
        </EmptyNotice>
      )}
      {matrix.data !== undefined && rows.length === 0 && search !== '' && (
        <EmptyNotice title={`No application is called anything like “${search}”, and no promotion has it for an id.`} />
      )}
      {rows.length > 0 && (
        <MatrixTable
          environments={environments}
          rows={rows}
          search={search}
          onSight={look}
          onEnd={canGoOn(matrix) ? () => void matrix.fetchNextPage() : undefined}
        />
      )}
      {promote !== undefined && (
        <Suspense>
          <PromoteDrawer
            application={promote === true ? undefined : promote}
            {...wish}
            onClose={() =>
              void navigate({ search: search === '' ? {} : { search }, replace: true, resetScroll: false })
            }
          />
        </Suspense>
      )}
    </>
  );
}
