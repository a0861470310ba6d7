import type { SameValue, ValueChange } from './value-change.ts';

/** One thing that two sides are compared in. */
export interface ComparedPart {
  readonly title: string;
  /** What one of the compared values is called. */
  readonly noun: string;
  readonly changes: readonly ValueChange[];
  readonly same: readonly SameValue[];
  /** Why it could not be compared, or only a part of it; undefined: it was. */
  readonly unknown: string | undefined;
}

/** A value of both sides; null: it is not there. */
export interface TwoValues {
  readonly setting: string;
  readonly one: string | null;
  readonly other: string | null;
}

/** What differs, and what is the same. */
export function splitValues(values: readonly TwoValues[]): Pick<ComparedPart, 'changes' | 'same'> {
  return {
    changes: values
      .filter(({ one, other }) => one !== other)
      .map(({ setting, one, other }) => ({ setting, before: one, after: other })),
    same: values.flatMap(({ setting, one, other }) => (one === other && one !== null ? [{ setting, value: one }] : [])),
  };
}

/** Values of both sides by their names: those of the first side in its order, then those that only the other has. */
export function pairValues(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly TwoValues[] {
  return [...new Set([...one.keys(), ...other.keys()])].map((setting) => ({
    setting,
    one: one.get(setting) ?? null,
    other: other.get(setting) ?? null,
  }));
}
