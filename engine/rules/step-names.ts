/** The steps of a promotion in the order they run (design, section 5); rules may leave some out, never reorder them. */
export const builtInSteps = [
  'initialize',
  'validate-conditions',
  'await-checklist',
  'await-approval',
  'await-window',
  'confirm-window',
  'revalidate',
  'validate-artifacts',
  'back-up',
  'promote-configuration',
  'migrate-database',
  'promote-artifacts',
  'promote-flags',
  'deploy',
  'shift-canary',
  'verify',
  'stop-previous',
  'report',
  'notify',
] as const;
export type BuiltInStep = (typeof builtInSteps)[number];

/** Names that no step of the team's own may have: the verification of a rollback is a step that rules do not know. */
export const reservedStepNames: ReadonlySet<string> = new Set([...builtInSteps, 'verify-rollback']);

/** Behind these a promotion holds no slot yet, or has ended: what runs there is not taken back. */
export const stepsOutsideRollback = [
  'initialize',
  'validate-conditions',
  'await-checklist',
  'await-approval',
  'report',
  'notify',
] as const satisfies readonly BuiltInStep[];

/** Without these a promotion would skip its own judgement or leave nothing running, so no rule leaves them out. */
export const indispensableSteps = [
  'initialize',
  'validate-conditions',
  'await-checklist',
  'await-approval',
  'await-window',
  'confirm-window',
  'revalidate',
  'deploy',
  'verify',
  'stop-previous',
] as const;

export const dispensableSteps = [
  'validate-artifacts',
  'back-up',
  'promote-configuration',
  'migrate-database',
  'promote-artifacts',
  'promote-flags',
  'shift-canary',
  'report',
  'notify',
] as const satisfies readonly Exclude<BuiltInStep, (typeof indispensableSteps)[number]>[];
