import type { FlagDefinition } from '../release.ts';
import type { Flag } from './flag-store.ts';

/**
 * A release's flag definitions brought into an environment: definitions travel, the environment's on/off and
 * percentage stay, and flags that the release does not know are left alone.
 */
export function mergeFlags(
  current: readonly Flag[],
  definitions: readonly FlagDefinition[],
): { readonly flags: readonly Flag[]; readonly added: readonly string[]; readonly changed: readonly string[] } {
  const known = new Map(current.map((flag) => [flag.key, flag]));
  const added: string[] = [];
  const changed: string[] = [];
  for (const definition of definitions) {
    const flag = known.get(definition.key);
    if (flag === undefined) {
      added.push(definition.key);
      known.set(definition.key, { ...definition, isEnabled: definition.defaultEnabled, percentage: 100 });
    } else if (flag.description !== definition.description || flag.defaultEnabled !== definition.defaultEnabled) {
      changed.push(definition.key);
      known.set(definition.key, { ...flag, ...definition });
    }
  }
  return { flags: [...known.values()], added, changed };
}
