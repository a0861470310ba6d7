import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { closuresQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import table from '../../table/table.module.css';
import { Countdown } from '../../time/countdown.tsx';
import { HoldForm } from './hold-form.tsx';

/** Environments that are pinned to what runs in them. */
export function HoldTable() {
  const closures = useQuery(closuresQuery);
  const [isAsked, setAsked] = useState(false);
  const release = useCommand((place: { readonly application: string; readonly environment: string }, key: string) =>
    answer(api.POST('/api/holds/release', { params: { header: { 'idempotency-key': key } }, body: { ...place } })),
  );
  const holds = closures.data?.closures.filter(({ kind }) => kind === 'hold') ?? [];
  return (
    <section className={table['section']}>
      <table className={table['table']}>
        <caption>Holds</caption>
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col">Environment</th>
            <th scope="col">Why</th>
            <th scope="col">By</th>
            <th scope="col">Still</th>
            <th scope="col" aria-label="What can be done" />
          </tr>
        </thead>
        <tbody>
          {holds.map(({ application, environment, reason, by, until }) => (
            <tr key={`${application} ${environment}`} data-row="">
              <td>{application === '*' ? 'every application' : application}</td>
              <td>
                <StatusMark kind="held">{environment === '*' ? 'every environment' : environment}</StatusMark>
              </td>
              <td>{reason}</td>
              <td>{by ?? 'the rules'}</td>
              <td>{until === null ? 'until released' : <Countdown until={until} over="over" />}</td>
              <td className={table['number']}>
                <Button
                  size="xs"
                  onClick={() => {
                    release.mutate({ application, environment });
                  }}
                >
                  Release
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {holds.length === 0 && closures.isSuccess && <p className="quiet">Nothing is held.</p>}
      {release.isError && <ErrorNotice error={release.error} />}
      <Button
        mt="sm"
        onClick={() => {
          setAsked(true);
        }}
      >
        Hold an environment
      </Button>
      {isAsked && (
        <HoldForm
          onClose={() => {
            setAsked(false);
          }}
        />
      )}
    </section>
  );
}
