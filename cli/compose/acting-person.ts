import type { Actor } from '../../engine/workflow/actor.ts';
import { UsageError } from '../usage-error.ts';

/** What local mode lets everybody do: whoever can open its database can do anything anyway. */
const localRoles: Actor['roles'] = ['promoter', 'approver', 'operator', 'admin'];

/**
 * Who asks: the operating-system user, for whom nobody vouched, or the person named with `--as`. Speaking for somebody
 * else is possible only on a database that the engine started itself, and is recorded as unverified. Such a person may do
 * what bindings and rules say, as if he were there, and nothing more.
 * @param databaseUrl what DATABASE_URL says, if anything.
 * @throws UsageError
 */
export function actingPerson(user: string, as: string | undefined, databaseUrl: string | undefined): Actor {
  if (as !== undefined && databaseUrl !== undefined) {
    throw new UsageError(
      `--as ${as}: DATABASE_URL names a database that this engine did not start, where nobody may speak for somebody else; leave --as out, or unset DATABASE_URL`,
    );
  }
  if (as === undefined) return { id: user, verified: false, roles: localRoles, via: 'cli' };
  return { id: as, verified: false, roles: [], via: 'cli-as', spokenForBy: user };
}
