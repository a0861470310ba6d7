import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import table from '../../table/table.module.css';
import { rolesQuery } from '../rules/rules-query.ts';
import type { RoleBinding } from './settings-query.ts';

/** Who was given which role, and where it counts. */
export function RoleTable() {
  const roles = useQuery(rolesQuery);
  const unbind = useCommand((binding: RoleBinding, key: string) =>
    answer(api.POST('/api/roles/unbind', { params: { header: { 'idempotency-key': key } }, body: { ...binding } })),
  );
  return (
    <section className={table['section']}>
      <table className={table['table']}>
        <caption>Roles</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Application</th>
            <th scope="col">Environment</th>
            <th scope="col" aria-label="What can be done" />
          </tr>
        </thead>
        <tbody>
          {roles.data?.bindings.map((binding) => (
            <tr key={Object.values(binding).join(' ')} data-row="">
              <td>{binding.subject}</td>
              <td>{binding.role}</td>
              <td>{binding.application === '*' ? 'every one' : binding.application}</td>
              <td>{binding.environment === '*' ? 'every one' : binding.environment}</td>
              <td className={table['number']}>
                <Button
                  size="xs"
                  onClick={() => {
                    unbind.mutate(binding);
                  }}
                >
                  Take away
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {roles.data?.bindings.length === 0 && (
        <p className="quiet">
          Nobody was given one. <code>promote role bind</code> does.
        </p>
      )}
      {unbind.isError && <ErrorNotice error={unbind.error} />}
    </section>
  );
}
