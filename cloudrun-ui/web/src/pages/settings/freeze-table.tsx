import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { DataTable } from '../../table/data-table.tsx';
import { When } from '../../time/when.tsx';
import { applicationText, environmentText } from './place-text.ts';
import { SettingsPart } from './settings-part.tsx';
import { freezesQuery } from './settings-query.ts';

const FreezeForm = lazy(() => import('./freeze-form.tsx'));

/** Times in which nothing moves, declared beside those of the rules. */
export function FreezeTable() {
  const freezes = useQuery(freezesQuery);
  const [isAsked, setAsked] = useState(false);
  const lift = useCommand((id: string, key: string) =>
    answer(api.POST('/api/freezes/lift', { params: { header: { 'idempotency-key': key } }, body: { name: id } })),
  );
  return (
    <SettingsPart
      query={freezes}
      permission="freeze"
      action="Declare a freeze"
      onAdd={() => setAsked(true)}
      refusal={lift.error}
    >
      {(mayChange) => (
        <>
          <DataTable
            caption="Freezes"
            rows={freezes.data?.freezes ?? []}
            keyOf={({ id }) => id}
            empty="Nobody declared one."
            columns={[
              { title: 'Name', cell: ({ name }) => name },
              {
                title: 'Where',
                cell: ({ application, environment, exceptHotfix }) => (
                  <>
                    {applicationText(application)}, {environmentText(environment)}
                    {exceptHotfix && <span className="quiet"> except hotfixes</span>}
                  </>
                ),
              },
              { title: 'From', cell: ({ from }) => <When at={from} /> },
              { title: 'To', cell: ({ to }) => <When at={to} /> },
              { title: 'Why', cell: ({ reason }) => reason, isProse: true },
              { title: 'By', cell: ({ declaredBy }) => declaredBy },
              {
                title: 'What can be done',
                isTitleHidden: true,
                isNumber: true,
                cell: ({ id }) =>
                  mayChange && (
                    <Button size="xs" onClick={() => lift.mutate(id)}>
                      Lift
                    </Button>
                  ),
              },
            ]}
          />
          {isAsked && (
            <Suspense>
              <FreezeForm onClose={() => setAsked(false)} />
            </Suspense>
          )}
        </>
      )}
    </SettingsPart>
  );
}
