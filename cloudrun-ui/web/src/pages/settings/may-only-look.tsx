import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { permissionsQuery, type Permission } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';

const changes: readonly (readonly [Permission, string])[] = [
  ['hold', 'hold environments'],
  ['freeze', 'declare freezes'],
  ['mark-bad', 'mark releases bad'],
  ['waive', 'set findings aside'],
  ['bind-role', 'give roles'],
];

/** What of this page somebody may see and not change; silent where that is nothing. */
export function MayOnlyLook() {
  const { data } = useQuery(permissionsQuery('*', '*'));
  const missing = changes.filter(([permission]) => data?.commands.includes(permission) === false);
  if (missing.length === 0) return null;
  return (
    <p>
      <StatusMark kind="held" isQuiet>
        You may look. To {missing.map(([, words]) => words).join(', ')} everywhere takes a role that you do not have;{' '}
        <Link to="/rules">the rules say which</Link>, and an admin gives it.
      </StatusMark>
    </p>
  );
}
