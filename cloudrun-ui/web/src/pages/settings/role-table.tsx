import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { DataTable } from '../../table/data-table.tsx';
import { rolesQuery } from '../rules/rules-query.ts';
import { applicationText, environmentText } from './place-text.ts';
import { SettingsPart } from './settings-part.tsx';
import type { RoleBinding } from './settings-query.ts';

const RoleForm = lazy(() => import('./role-form.tsx'));

/** Who was given which role, and where it counts. */
export function RoleTable() {
  const roles = useQuery(rolesQuery);
  const [isAsked, setAsked] = useState(false);
  const unbind = useCommand((binding: RoleBinding, key: string) =>
    answer(api.POST('/api/roles/unbind', { params: { header: { 'idempotency-key': key } }, body: { ...binding } })),
  );
  const { bindings = [], listed = [] } = roles.data ?? {};
  return (
    <SettingsPart
      query={roles}
      permission="bind-role"
      action="Give somebody a role"
      onAdd={() => setAsked(true)}
      refusal={unbind.error}
    >
      {(mayChange) => (
        <>
          <DataTable
            caption="Roles"
            rows={bindings}
            keyOf={({ subject, role, application, environment }) => `${subject} ${role} ${application} ${environment}`}
            empty="Nobody was given one."
            columns={[
              { title: 'Person', cell: ({ subject }) => subject },
              { title: 'Role', cell: ({ role }) => role },
              { title: 'Application', cell: ({ application }) => applicationText(application) },
              { title: 'Environment', cell: ({ environment }) => environmentText(environment) },
              {
                title: 'What can be done',
                isTitleHidden: true,
                isNumber: true,
                cell: (binding) =>
                  mayChange && (
                    <Button
                      size="xs"
                      aria-label={`Take away ${binding.role} from ${binding.subject}`}
                      onClick={() => unbind.mutate(binding)}
                    >
                      Take away
                    </Button>
                  ),
              },
            ]}
          />
          {isAsked && (
            <Suspense>
              <RoleForm others={[...listed, ...bindings].map(({ role }) => role)} onClose={() => setAsked(false)} />
            </Suspense>
          )}
        </>
      )}
    </SettingsPart>
  );
}
