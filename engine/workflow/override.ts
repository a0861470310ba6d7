/** The way a promotion goes: `hotfix` is the emergency lane, with an entry and approvals of its own. */
export const lanes = ['normal', 'hotfix'] as const;
export type Lane = (typeof lanes)[number];

/** What of the rules a person may set aside, where the rules allow it. */
export const overrideKinds = [
  'force',
  'skip-validation',
  'auto-approve',
  'freeze-override',
  'again',
  'hotfix',
  // Not ready, and moved with caution all the same (the readiness gate).
  'acknowledge',
] as const;
export type OverrideKind = (typeof overrideKinds)[number];

/** One rule that was set aside for one promotion, recorded as such wherever the promotion is shown. */
export interface Override {
  readonly kind: OverrideKind;
  /** An actor's id. */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** The newest rule of a kind that was set aside; undefined: none was. */
export function overrideOf(
  { overrides }: { readonly overrides: readonly Override[] },
  kind: OverrideKind,
): Override | undefined {
  return overrides.findLast((override) => override.kind === kind);
}
