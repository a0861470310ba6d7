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

/** Names that no step of the team's own may have: those of steps that rules do not know are among them. */
export const reservedStepNames: ReadonlySet<string> = new Set([...builtInSteps, 'verify-rollback', 'note-target']);

/** Behind these a promotion holds no slot yet, or has ended: what runs there is not taken back. */
export const stepsOutsideRollback = [
  'initialize',
  'validate-conditions',
  'await-checklist',
  'await-approval',
  'report',
  'notify',
] as const satisfies readonly BuiltInStep[];

/** Why no rule leaves out a step, which a promotion would not judge itself without, or would leave nothing running. */
export const whyIndispensable: Readonly<Record<Exclude<BuiltInStep, DispensableStep>, string>> = {
  initialize: 'nothing that is missing would be found before the promotion needs it',
  'validate-conditions': 'no gate would be judged; leave out gates instead',
  'await-checklist': 'the checklist would not be asked for; leave out its items instead',
  'await-approval': 'nobody would have approved; leave out approvals.stages instead',
  'await-window': 'it would move while the environment is closed; leave out windows instead',
  'confirm-window': 'it would move while the environment is closed; leave out windows instead',
  revalidate: 'gates would have passed on what went stale since',
  deploy: 'nothing would be deployed',
  verify: 'nobody would know whether the release is well; see verification for what is looked at',
  'stop-previous': 'two releases would go on running; deploymentStrategy: rolling keeps none beside',
};

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
] as const satisfies readonly BuiltInStep[];
export type DispensableStep = (typeof dispensableSteps)[number];
