import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.ts';
import type { Change } from '../../api/live/change.ts';
import { useLive } from '../../api/live/live-context.ts';
import { matrixQuery, type MatrixPage } from '../../api/queries.ts';
import { FreshRows } from './fresh-rows.ts';
import { isMissing, renewRows } from './renew-rows.ts';

/** Promotions of unknown applications that are asked about; from more on, every row may be meant. */
const mostAsked = 20;

/**
 * Keeps the rows that somebody sees as they are now, and nothing else.
 * @returns what is told which applications are in sight.
 */
export function useFreshRows(search: string): (inSight: readonly string[]) => void {
  const client = useQueryClient();
  const live = useLive();
  const rows = useMemo(
    () =>
      new FreshRows({
        async renew(asked) {
          const query = { application: [...asked], limit: asked.length };
          const fresh = await answer(api.GET('/api/matrix', { params: { query } }));
          client.setQueryData(matrixQuery(search).queryKey, (data) => data && renewRows(data, asked, fresh));
        },
      }),
    [client, live, search],
  );
  useEffect(() => {
    const { queryKey } = matrixQuery(search);
    const loaded = (): readonly MatrixPage[] => client.getQueryData(queryKey)?.pages ?? [];
    const changeAll = (): Promise<void> =>
      rows.change(loaded().flatMap(({ items }) => items.map(({ application }) => application)));
    const listen = async ({ settings, promotions }: Change): Promise<void> => {
      for (const { items } of loaded()) live.applications.learn(items.flatMap(({ running }) => running));
      const changed = settings ? undefined : await live.applications.of(promotions, mostAsked);
      if (changed === undefined) return changeAll();
      const isNew = [...changed].some((application) => isMissing(loaded(), application, search));
      if (isNew) await client.invalidateQueries({ queryKey });
      return rows.change(changed);
    };
    const leave = live.subscribe('near', listen);
    // What was loaded when somebody was here before is not known to be so still.
    void changeAll();
    return leave;
  }, [client, live, search, rows]);
  return useMemo(() => (inSight) => void rows.look(inSight), [rows]);
}
