import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { closuresQuery } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { applicationText, environmentText } from './place-text.ts';
import type { ScopeChoice } from './scope-choice.ts';
import { SettingsPart } from './settings-part.tsx';

const HoldForm = lazy(() => import('./hold-form.tsx'));

/** Environments that are pinned to what runs in them. */
export function HoldTable() {
  const closures = useQuery(closuresQuery);
  const [isAsked, setAsked] = useState(false);
  const release = useCommand(({ application, environment }: ScopeChoice, key: string) =>
    answer(
      api.POST('/api/holds/release', {
        params: { header: { 'idempotency-key': key } },
        body: { application, environment },
      }),
    ),
  );
  return (
    <SettingsPart
      query={closures}
      permission="hold"
      action="Hold an environment"
      onAdd={() => setAsked(true)}
      refusal={release.error}
    >
      {(mayChange) => (
        <>
          <DataTable
            caption="Holds"
            rows={closures.data?.closures.filter(({ kind }) => kind === 'hold') ?? []}
            keyOf={({ application, environment }) => `${application} ${environment}`}
            empty="Nothing is held."
            columns={[
              { title: 'Application', cell: ({ application }) => applicationText(application) },
              {
                title: 'Environment',
                cell: ({ environment }) => <StatusMark kind="held">{environmentText(environment)}</StatusMark>,
              },
              { title: 'Why', cell: ({ reason }) => reason, isProse: true },
              { title: 'By', cell: ({ by }) => by ?? 'the rules' },
              {
                title: 'Still',
                cell: ({ until }) => (until === null ? 'until released' : <Countdown until={until} over="over" />),
              },
              {
                title: 'What can be done',
                isTitleHidden: true,
                isNumber: true,
                cell: (hold) =>
                  mayChange && (
                    <Button size="xs" onClick={() => release.mutate(hold)}>
                      Release
                    </Button>
                  ),
              },
            ]}
          />
          {isAsked && (
            <Suspense>
              <HoldForm onClose={() => setAsked(false)} />
            </Suspense>
          )}
        </>
      )}
    </SettingsPart>
  );
}
