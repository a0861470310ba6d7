import { isAuthorized, rolesIn, type RoleSource } from '../authorization.ts';
import type { Path, Rules } from '../rules/schema.ts';
import type { Actor } from '../workflow/actor.ts';
import { isNamedIn } from './overrides.ts';

/** What of its rules a request may want set aside. */
export const settableAside = ['acknowledge', 'force', 'skip-validation', 'override-freeze', 'hotfix'] as const;
export type SettableAside = (typeof settableAside)[number];

type Bindings = Awaited<ReturnType<RoleSource['roleBindings']>>;

/** What of them somebody may set aside along a path: by his roles, and by the rules of the path. */
export function maySetAside(
  rules: Rules,
  path: Path,
  application: string,
  actor: Actor,
  bindings: Bindings,
): readonly SettableAside[] {
  const held = rolesIn(bindings, actor, { application, environment: path.to });
  return settableAside.filter((each) => {
    switch (each) {
      case 'acknowledge':
        return path.gates.readiness !== undefined && isAuthorized(held, 'run');
      case 'force':
        return path.force.allowed && isAuthorized(held, each) && isNamedIn(path.force, actor, held);
      case 'skip-validation':
        return isAuthorized(held, each) && isNamedIn(path.skipValidation, actor, held);
      case 'override-freeze':
        return isAuthorized(held, each) && isNamedIn(path.freezeOverride, actor, held);
      case 'hotfix':
        return rules.hotfix !== undefined && isAuthorized(held, each);
    }
  });
}
