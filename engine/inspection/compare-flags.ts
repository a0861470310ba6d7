import type { Flag, FlagSet } from '../flags/flag-store.ts';

export interface FlagState {
  readonly isEnabled: boolean;
  readonly percentage: number;
}

/** A flag that two environments do not have alike. */
export interface FlagDifference {
  readonly key: string;
  /** Undefined: there is no such flag on that side. */
  readonly from: FlagState | undefined;
  readonly to: FlagState | undefined;
}

/** The flags whose state differs, by key. */
export function compareFlags(from: FlagSet, to: FlagSet): readonly FlagDifference[] {
  const [left, right] = [statesOf(from.flags), statesOf(to.flags)];
  const keys = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  return keys
    .map((key) => ({ key, from: left.get(key), to: right.get(key) }))
    .filter(({ from: one, to: other }) => one?.isEnabled !== other?.isEnabled || one?.percentage !== other?.percentage);
}

/** A flag that is in the same state on both sides. */
export interface SameFlag extends FlagState {
  readonly key: string;
}

/** By key. */
export function sameFlags(from: FlagSet, to: FlagSet): readonly SameFlag[] {
  const differing = new Set(compareFlags(from, to).map(({ key }) => key));
  return [...statesOf(from.flags)]
    .filter(([key]) => !differing.has(key))
    .map(([key, state]) => ({ key, ...state }))
    .toSorted((one, other) => one.key.localeCompare(other.key));
}

function statesOf(flags: readonly Flag[]): ReadonlyMap<string, FlagState> {
  return new Map(flags.map(({ key, isEnabled, percentage }) => [key, { isEnabled, percentage }]));
}
