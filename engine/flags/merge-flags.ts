import type { FlagDefinition } from '../release.ts';
import type { FlagState } from '../rules/flag-state-schema.ts';
import type { Flag } from './flag-store.ts';

export interface MergedFlags {
  readonly flags: readonly Flag[];
  /** Keys that the environment did not know. */
  readonly added: readonly string[];
  /** Keys whose definition changed. */
  readonly changed: readonly string[];
  /** Keys whose on/off or percentage changed, because a release or a rule lists them. */
  readonly switched: readonly string[];
}

/** A state is listed for a flag that nobody has defined. */
export class UnknownFlagError extends Error {
  override readonly name = 'UnknownFlagError';
}

/**
 * A release's flag definitions brought into an environment: definitions travel, the environment's on/off and percentage
 * stay unless they are listed, and flags that the release does not know are left alone.
 * @param states what is listed, the one that counts last.
 * @throws UnknownFlagError
 */
export function mergeFlags(
  current: readonly Flag[],
  definitions: readonly FlagDefinition[],
  states: readonly FlagState[] = [],
): MergedFlags {
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
  const switched = new Set<string>();
  for (const { key, isEnabled, percentage } of states) {
    const flag = known.get(key);
    if (flag === undefined) {
      throw new UnknownFlagError(
        `the flag ${key} is to be set, and neither the release nor the target knows it; correct its name`,
      );
    }
    known.set(key, { ...flag, isEnabled: isEnabled ?? flag.isEnabled, percentage: percentage ?? flag.percentage });
    switched.add(key);
  }
  const isSwitched = (key: string): boolean => {
    const [before, after] = [current.find((flag) => flag.key === key), known.get(key)];
    return before !== undefined && (before.isEnabled !== after?.isEnabled || before.percentage !== after.percentage);
  };
  return { flags: [...known.values()], added, changed, switched: [...switched].filter(isSwitched) };
}
