import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import table from '../../table/table.module.css';
import { When } from '../../time/when.tsx';
import { freezesQuery } from './settings-query.ts';

/** Times in which nothing moves, declared beside those of the rules. */
export function FreezeTable() {
  const freezes = useQuery(freezesQuery);
  const lift = useCommand((name: string, key: string) =>
    answer(api.POST('/api/freezes/lift', { params: { header: { 'idempotency-key': key } }, body: { name } })),
  );
  return (
    <section className={table['section']}>
      <table className={table['table']}>
        <caption>Freezes</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Where</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Why</th>
            <th scope="col">By</th>
            <th scope="col" aria-label="What can be done" />
          </tr>
        </thead>
        <tbody>
          {freezes.data?.freezes.map((freeze) => (
            <tr key={freeze.name} data-row="">
              <td>{freeze.name}</td>
              <td>
                {freeze.application === '*' ? 'every application' : freeze.application},{' '}
                {freeze.environment === '*' ? 'every environment' : freeze.environment}
                {freeze.exceptHotfix && <span className="quiet"> except hotfixes</span>}
              </td>
              <td>
                <When at={freeze.from} />
              </td>
              <td>
                <When at={freeze.to} />
              </td>
              <td>{freeze.reason}</td>
              <td>{freeze.declaredBy}</td>
              <td className={table['number']}>
                <Button
                  size="xs"
                  onClick={() => {
                    lift.mutate(freeze.name);
                  }}
                >
                  Lift
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {freezes.data?.freezes.length === 0 && (
        <p className="quiet">
          Nobody declared one. <code>promote freeze</code> does, for a time that is named.
        </p>
      )}
      {lift.isError && <ErrorNotice error={lift.error} />}
    </section>
  );
}
