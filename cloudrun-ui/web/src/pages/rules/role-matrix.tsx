import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { StatusMark } from '../../status/status-mark.tsx';
import type { Roles } from './rules-query.ts';

const roleNames = ['viewer', 'promoter', 'approver', 'operator', 'admin'] as const;

/** Which role may give which command, and whom the rules themselves name. */
export function RoleMatrix({ roles }: { readonly roles: Roles }) {
  return (
    <>
      <section className={table['section']}>
        <div className={table['wide']} tabIndex={0} role="region" aria-label="Who may do what">
          <table className={table['table']}>
            <caption>Who may do what</caption>
            <thead>
              <tr>
                <th scope="col">Command</th>
                {roleNames.map((role) => (
                  <th scope="col" key={role}>
                    {role}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {roles.matrix.map(({ command, roles: allowed }) => (
                <tr key={command}>
                  <th scope="row">{command.replaceAll('-', ' ')}</th>
                  {roleNames.map((role) => (
                    <td key={role}>
                      {allowed.includes(role) ? (
                        <StatusMark kind="promoted" isQuiet>
                          yes
                        </StatusMark>
                      ) : (
                        <span className="quiet">no</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className={table['section']}>
        <DataTable
          caption="Roles that the rules list"
          rows={roles.listed}
          keyOf={({ role }) => role}
          empty="The rules list nobody by role; Settings shows whom people gave one."
          columns={[
            { title: 'Role', cell: ({ role }) => role },
            { title: 'People', cell: ({ people }) => people.join(', ') },
          ]}
        />
      </section>
    </>
  );
}
