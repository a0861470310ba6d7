import { useQuery, useQueryClient } from '@tanstack/react-query';
import { historyQuery, newerHistoryQuery, type EndedPromotion, type HistoryFilter } from '../../api/queries.ts';
import { withNewerOnes } from './with-newer-ones.ts';

interface NewerOnes {
  readonly count: number;
  /** Puts them where they belong. */
  readonly show: () => void;
}

/** What ended since a list was read, which is not put into it until the reader wants that: nothing moves under his eyes. */
export function useNewerOnes(filter: HistoryFilter, listed: readonly EndedPromotion[] | undefined): NewerOnes {
  const client = useQueryClient();
  const newest = listed?.[0]?.endedAt;
  const { data } = useQuery({ ...newerHistoryQuery(filter, newest), enabled: listed !== undefined });
  const known = new Set(listed?.map(({ id }) => id));
  const newer = data?.items.filter(({ id }) => !known.has(id)) ?? [];
  return {
    count: newer.length,
    show: () => {
      const { queryKey } = historyQuery(filter);
      // So many that they are not all here: the list is read anew.
      if (data?.next !== null) void client.resetQueries({ queryKey });
      else client.setQueryData(queryKey, (pages) => pages && withNewerOnes(pages, newer));
      window.scrollTo({ top: 0 });
    },
  };
}
