import type { Claim } from './claims.ts';
import { suits, type PatternCheck } from './input-check.ts';

/** https://cloud.google.com/resource-manager/docs/labels-overview */
const keyCheck: PatternCheck = {
  kind: 'pattern',
  pattern: '^[a-z][a-z0-9_-]{0,62}$',
  bound: 'must have keys of 1 to 63 lower-case letters, digits, _ and -, beginning with a letter',
};
const valueCheck: PatternCheck = {
  kind: 'pattern',
  pattern: '^[a-z0-9_-]{0,63}$',
  bound: 'must be at most 63 lower-case letters, digits, _ and -',
};

/** What is claimed of labels: of each key, and of each value under its key. */
export function labelClaims(labels: Readonly<Record<string, string>> = {}): readonly Claim[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    { label: 'labels', bound: keyCheck.bound, actual: key, holds: suits(keyCheck, key) },
    { label: `labels.${key}`, bound: valueCheck.bound, actual: value, holds: suits(valueCheck, value) },
  ]);
}
