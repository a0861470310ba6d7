import table from '../../table/table.module.css';
import type { Roles } from './rules-query.ts';

const roleNames = ['viewer', 'promoter', 'approver', 'operator', 'admin'] as const;

/** Which role may give which command. */
export function RoleMatrix({ roles }: { readonly roles: Roles }) {
  return (
    <section className={table['section']}>
      <div className={table['wide']}>
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
                  <td key={role} className={allowed.includes(role) ? undefined : 'quiet'}>
                    {allowed.includes(role) ? 'yes' : 'no'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
