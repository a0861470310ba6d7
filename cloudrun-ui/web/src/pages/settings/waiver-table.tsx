import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { DataTable } from '../../table/data-table.tsx';
import { When } from '../../time/when.tsx';
import { SettingsPart } from './settings-part.tsx';
import { waiversQuery, type Waiver } from './settings-query.ts';

const WaiverForm = lazy(() => import('./waiver-form.tsx'));

/** Findings that somebody set aside, each until a day. */
export function WaiverTable() {
  const waivers = useQuery(waiversQuery);
  const [isAsked, setAsked] = useState(false);
  const [revoked, setRevoked] = useState<Waiver | undefined>(undefined);
  const revoke = useCommand((wish: { readonly id: string; readonly reason: string }, key: string) =>
    answer(api.POST('/api/waivers/revoke', { params: { header: { 'idempotency-key': key } }, body: { ...wish } })),
  );
  const close = (): void => {
    revoke.reset();
    setRevoked(undefined);
  };
  return (
    <SettingsPart
      query={waivers}
      permission="waive"
      action="Set a finding aside"
      onAdd={() => setAsked(true)}
      refusal={undefined}
    >
      {(mayChange) => (
        <>
          <DataTable
            caption="Waivers"
            rows={waivers.data?.waivers ?? []}
            keyOf={({ id }) => id}
            empty="No finding is set aside."
            columns={[
              { title: 'Finding', cell: ({ finding }) => finding, isProse: true },
              { title: 'Application', cell: ({ application }) => application },
              { title: 'Why', cell: ({ reason }) => reason, isProse: true },
              { title: 'Owner', cell: ({ owner }) => owner },
              { title: 'Ends', cell: ({ expiresAt }) => <When at={expiresAt} /> },
              { title: 'State', cell: ({ state }) => state },
              {
                title: 'What can be done',
                isTitleHidden: true,
                isNumber: true,
                cell: (waiver) =>
                  mayChange &&
                  waiver.state === 'valid' && (
                    <Button size="xs" aria-label={`Revoke ${waiver.finding}`} onClick={() => setRevoked(waiver)}>
                      Revoke
                    </Button>
                  ),
              },
            ]}
          />
          {isAsked && (
            <Suspense>
              <WaiverForm onClose={() => setAsked(false)} />
            </Suspense>
          )}
          {revoked !== undefined && (
            <AskReason
              action={`Revoke ${revoked.finding}`}
              question="Why it counts again"
              isBusy={revoke.isPending}
              error={revoke.error}
              onClose={close}
              onAnswer={(reason) => revoke.mutate({ id: revoked.id, reason }, { onSuccess: close })}
            />
          )}
        </>
      )}
    </SettingsPart>
  );
}
