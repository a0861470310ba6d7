/** What a promotion waits for that a rule, or somebody whom a rule asks, decides about. */
export const decidedWaits = ['soak', 'checklist', 'approval', 'window', 'slot'] as const;
export type DecidedWait = (typeof decidedWaits)[number];

/** How far the rules let a promotion go. */
export type ReplayDecision =
  /** Everything that it needs before it may change its target. */
  | { readonly kind: 'let-through'; readonly at: Date }
  | {
      readonly kind: 'refused';
      readonly at: Date;
      /** `request`, or the step that found it. */
      readonly by: string;
      /** In the engine's own words, a requirement each. */
      readonly reasons: readonly string[];
    }
  | {
      readonly kind: 'waiting';
      readonly reason: DecidedWait;
      /** What for, and whom it asks. */
      readonly detail: string;
      readonly until: Date | undefined;
    }
  /** Something else than a rule stopped it: an error, or somebody who cancelled it while it ran. */
  | { readonly kind: 'stopped'; readonly step: string; readonly detail: string }
  /** What is not remembered decides it. */
  | { readonly kind: 'unknown'; readonly missing: readonly string[] };

/** How the decision by other rules compares with the one that was taken. */
export type Comparison = 'as-before' | 'refused' | 'let-through' | 'waiting' | 'unknown';

/** @param then what was decided. @param now what other rules would have decided by then. */
export function compareDecisions(then: ReplayDecision, now: ReplayDecision): Comparison {
  switch (now.kind) {
    case 'unknown':
      return 'unknown';
    case 'stopped':
      return 'as-before';
    case 'refused':
      return then.kind === 'refused' ? 'as-before' : 'refused';
    case 'waiting':
      return then.kind === 'waiting' && then.reason === now.reason ? 'as-before' : 'waiting';
    case 'let-through':
      return then.kind === 'let-through' || then.kind === 'stopped' ? 'as-before' : 'let-through';
  }
}
