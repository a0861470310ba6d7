import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { historyQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { chooseTwo } from './choose-two.ts';
import { ChosenTwo } from './chosen-two.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { HistoryTable } from './history-table.tsx';
import { HistoryViews } from './history-views.tsx';
import { NewerNotice } from './newer-notice.tsx';
import { useNewerOnes } from './use-newer-ones.ts';

/** What changed, when, and by whose hand. */
export function Page() {
  const filter = useSearch({ from: '/history' });
  const navigate = useNavigate({ from: '/history' });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const history = useInfiniteQuery(historyQuery(filter));
  const listed = history.data?.pages.flatMap(({ items }) => items);
  const promotions = listed ?? [];
  const newer = useNewerOnes(filter, listed);
  return (
    <>
      <PageTitle title="What has changed">
        <HistoryViews />
      </PageTitle>
      <HistoryFilters filter={filter} onChange={(changed) => void navigate({ search: changed, replace: true })} />
      <NewerNotice count={newer.count} onShow={newer.show} />
      <QueryError query={history} />
      {history.isPending && <SkeletonRows count={12} />}
      {history.isSuccess && promotions.length === 0 && (
        <EmptyNotice title="Here stands every promotion that is over.">
          <p>None is, or none that you asked for. Ask for less, or promote something:</p>
          <code>promote run &lt;application&gt; --release &lt;release&gt; --to &lt;environment&gt;</code>
        </EmptyNotice>
      )}
      {promotions.length > 0 && (
        <>
          <ChosenTwo chosen={chosen} />
          <HistoryTable
            promotions={promotions}
            chosen={chosen}
            onChoose={(id) => setChosen((before) => chooseTwo(before, id))}
          />
        </>
      )}
      {history.hasNextPage && (
        <Button mt="md" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          Show older ones
        </Button>
      )}
    </>
  );
}
