import { z } from 'zod';
import { isAtMost } from './at-most.ts';
import { actionSchema } from './action-schema.ts';
import { deploymentStrategySchema } from './deployment-strategy.ts';
import { durationSecondsSchema, positiveDurationSecondsSchema } from './durations.ts';
import { flagStateSchema } from './flag-state-schema.ts';
import { gateNames, gatesSchema } from './gate-schema.ts';
import { nameSchema, percentSchema, personSchema, roleSchema } from './names.ts';
import { builtInSteps, dispensableSteps, whyIndispensable } from './step-names.ts';
import { templateSchema } from './templates.ts';
import { windowSchema } from './window-schema.ts';

const checklistItemSchema = z.strictObject({
  item: z.string().min(1),
  phase: z.enum(['before', 'after']).default('before').describe('Ticked before the promotion runs, or after it.'),
  gate: z.enum(gateNames).optional().describe('The gate that ticks it; without one, a person does.'),
  by: roleSchema.optional().describe('The role that may tick it; default: anybody who may promote.'),
});
export type ChecklistItem = z.infer<typeof checklistItemSchema>;

/** Who must agree, how many of them, by when. Nobody listed at all would be a stage that can only expire. */
export const approvalStageSchema = z
  .strictObject({
    name: z.string().min(1).max(80),
    roles: z.array(roleSchema).default([]),
    people: z.array(personSchema).default([]),
    minimumApprovals: z.int().positive().default(1).describe('Different people; those named and those in the roles.'),
    timeoutSeconds: positiveDurationSecondsSchema.default(86_400).describe('After this the promotion expires.'),
  })
  .check((context) => {
    const { roles, people, minimumApprovals } = context.value;
    const named = new Set(people).size;
    if (roles.length === 0 && named === 0) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: 'must be a stage with at least one role or person; nobody could approve it',
      });
    } else if (roles.length === 0 && minimumApprovals > named) {
      context.issues.push({
        code: 'custom',
        input: minimumApprovals,
        path: ['minimumApprovals'],
        message: `must be at most ${String(named)}, the number of people listed`,
      });
    }
  })
  .meta({ id: 'ApprovalStage' });
export type ApprovalStage = z.infer<typeof approvalStageSchema>;

/** More than these is a mistake; and looking for people for them costs their product. */
const mostStages = 20;
export const approvalStagesSchema = z.array(approvalStageSchema).max(mostStages);

const approvalsSchema = z
  .strictObject({
    stages: approvalStagesSchema.default([]).describe('In order; none: no approval is needed.'),
    automaticWhenGatesPass: z.boolean().default(false).describe('Approves by itself when every gate passed.'),
    mayAutoApprove: z.array(roleSchema).default([]).describe('Roles whose request may carry its own approval.'),
    samePersonMayFillStages: z
      .boolean()
      .default(false)
      .describe('Whether one person who holds several roles counts in several stages; otherwise in one only.'),
  })
  .prefault({});

const retryBounds = {
  maximumAttempts: z.int().min(1).max(100),
  initialDelaySeconds: durationSecondsSchema,
  multiplier: z.number().min(1).max(10),
  maximumDelaySeconds: durationSecondsSchema,
  jitter: z.number().min(0).max(1),
};
const retryOfCategory = z
  .strictObject({
    maximumAttempts: retryBounds.maximumAttempts.optional().describe('1: never tried again.'),
    initialDelaySeconds: retryBounds.initialDelaySeconds.optional(),
    maximumDelaySeconds: retryBounds.maximumDelaySeconds.optional(),
  })
  .optional();

const retrySchema = z
  .strictObject({
    maximumAttempts: retryBounds.maximumAttempts.default(3),
    initialDelaySeconds: retryBounds.initialDelaySeconds.default(2),
    multiplier: retryBounds.multiplier.default(2),
    maximumDelaySeconds: retryBounds.maximumDelaySeconds.default(60),
    jitter: retryBounds.jitter.default(0.2).describe('Share of each delay that is drawn by chance, 0 to 1.'),
    byCategory: z
      .strictObject({
        validation: retryOfCategory,
        network: retryOfCategory,
        authentication: retryOfCategory,
        registry: retryOfCategory,
        docker: retryOfCategory,
        permission: retryOfCategory,
        timeout: retryOfCategory,
        unknown: retryOfCategory,
      })
      .prefault({}),
  })
  .check(isAtMost('initialDelaySeconds', 'maximumDelaySeconds'))
  .prefault({});

const errorsSchema = z
  .strictObject({
    limits: z
      .strictObject({
        medium: z.int().nonnegative().optional(),
        low: z.int().nonnegative().optional(),
      })
      .prefault({})
      .describe('Errors of optional steps after which a promotion goes on; left out: any number. One more fails it.'),
  })
  .prefault({});

export const rollbackTriggers = [
  'deployment-failure',
  'health-check-failure',
  'critical-service-unresponsive',
  'database-unreachable',
  'smoke-test-failure',
  'load-test-failure',
  'slo-violation',
  'error-budget-breach',
  'critical-alert',
  'canary-failure',
] as const;
export type RollbackTrigger = (typeof rollbackTriggers)[number];

const rollbackSchema = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Whether a failed promotion is taken back by itself.'),
    timeoutSeconds: positiveDurationSecondsSchema
      .default(300)
      .describe('After this it escalates; it never stops half-way.'),
    triggers: z
      .array(z.enum(rollbackTriggers))
      .default([...rollbackTriggers])
      .describe('What takes a release back by itself; what is left out fails the promotion, and a person decides.'),
    pauseAutoPromote: z.boolean().default(true),
    escalateTo: z.array(z.string().min(1)).default([]).describe('Notification channels, by name.'),
  })
  .prefault({});

const canarySchema = z
  .strictObject({
    enabled: z.boolean().default(false),
    percentage: z.number().min(1).max(99).default(10).describe('Share of traffic the new release gets.'),
    durationSeconds: positiveDurationSecondsSchema.default(3600),
    minimumSuccessPercent: percentSchema.default(99),
    maximumErrorRatePercent: percentSchema.optional(),
    checkIntervalSeconds: positiveDurationSecondsSchema.default(60),
  })
  .check(isAtMost('checkIntervalSeconds', 'durationSeconds', ', or the canary is never looked at'))
  .prefault({});

const verificationSchema = z
  .strictObject({
    timeoutSeconds: positiveDurationSecondsSchema.default(300).describe('Until every service must be healthy.'),
    smokeTests: z.boolean().default(true),
    stableForSeconds: durationSecondsSchema.default(5).describe('How long metrics must stay within their bounds.'),
    maximumErrorRatePercent: percentSchema.default(1),
    custom: z.array(z.strictObject({ name: nameSchema, action: actionSchema })).default([]),
  })
  .prefault({});

const databaseSchema = z
  .strictObject({
    strategy: z.enum(['blue-green', 'incremental', 'schema-first']).default('blue-green'),
    contractAfterSeconds: durationSecondsSchema
      .default(86_400)
      .describe('How long after verification contract migrations wait; until then the environment can be undone.'),
    rowMoves: z
      .array(
        z.strictObject({
          table: z.string().min(1),
          mode: z.enum(['replace', 'merge']).describe("What the source's rows do to the target's."),
          approval: approvalStageSchema,
        }),
      )
      .default([])
      .describe('Tables whose rows move between the environments; none unless listed.'),
  })
  .prefault({});

const imagesSchema = z
  .strictObject({
    tagTemplate: templateSchema(['env', 'target', 'app', 'service', 'release', 'tag', 'version'])
      .default('<env>-<release>')
      .describe(
        "Tag written beside the digest in the target repository; <target> is <env>, <tag> the source's, <version> the image's label.",
      ),
    minimumSizeBytes: z.int().nonnegative().default(0),
    maximumSizeBytes: z.int().positive().default(5_368_709_120),
    platforms: z
      .array(z.string().regex(/^[a-z0-9]+\/[a-z0-9_]+(\/v\d+)?$/, 'must be a platform such as linux/amd64'))
      .default([])
      .describe('Platforms each image must offer; none: any.'),
    requiredLabels: z.array(z.string().min(1)).default([]),
    requireEntrypoint: z.boolean().default(true).describe('An image must say what it runs (ENTRYPOINT or CMD).'),
  })
  .check(isAtMost('minimumSizeBytes', 'maximumSizeBytes'))
  .prefault({});

const forceSchema = z
  .strictObject({
    allowed: z.boolean().default(false).describe('Whether failed validation may be overruled, with a reason.'),
    roles: z.array(roleSchema).default([]),
    people: z.array(personSchema).default([]),
  })
  .refine((force) => !force.allowed || force.roles.length + force.people.length > 0, {
    error: 'must be one role or person at least when force is allowed',
    path: ['roles'],
  })
  .prefault({});

const skipValidationSchema = z
  .strictObject({ roles: z.array(roleSchema).default([]), people: z.array(personSchema).default([]) })
  .prefault({})
  .describe('Who may promote without its gates being judged, with a reason; nobody unless listed.');

const freezeOverrideSchema = z
  .strictObject({ roles: z.array(roleSchema).default([]), people: z.array(personSchema).default([]) })
  .prefault({})
  .describe('Who may promote through a freeze, with a reason; nobody unless listed.');

const customStepSchema = z.strictObject({
  name: nameSchema,
  after: z.enum(builtInSteps).describe('The built-in step it runs behind; custom steps keep their order.'),
  action: actionSchema,
  compensation: actionSchema.optional().describe('What takes it back; without one it cannot be undone.'),
  optional: z.boolean().default(false).describe('Whether the promotion goes on when it fails.'),
});
export type CustomStep = z.infer<typeof customStepSchema>;

const flagsSettingsSchema = z
  .strictObject({
    set: z
      .array(flagStateSchema)
      .default([])
      .describe("Flags whose on/off or percentage is set in the target; all others keep the target's own."),
  })
  .prefault({});

/** Of a step that promotions cannot do without, why; of other words, undefined: what the library says of them. */
function whyNotLeftOut({ input }: { readonly input?: unknown }): string | undefined {
  const why = Object.entries(whyIndispensable).find(([step]) => step === input)?.[1];
  if (why === undefined) return undefined;
  return `must be one of ${dispensableSteps.join(', ')}. ${String(input)} cannot be left out: ${why}`;
}

const stepsSchema = z
  .strictObject({
    leaveOut: z
      .array(z.enum(dispensableSteps, { error: whyNotLeftOut }))
      .default([])
      .describe('Built-in steps that do not run; what that means for a rollback stands in the plan.'),
    custom: z.array(customStepSchema).default([]),
  })
  .prefault({});

/** What a path demands and how it runs. The same blocks stand in `defaults`, which every path inherits. */
export const requirementShape = {
  gates: gatesSchema,
  checklist: z.array(checklistItemSchema).default([]),
  approvals: approvalsSchema,
  soakSeconds: durationSecondsSchema.default(0).describe('How long the release must have been verified in `from`.'),
  bakeSeconds: durationSecondsSchema.default(0).describe('How long it is watched after verification.'),
  windows: z.array(windowSchema).max(100).default([]).describe('When the path is open; none: always.'),
  autoPromote: z.boolean().default(false).describe('Whether a verified release moves on without a request.'),
  supersedeQueued: z.boolean().default(false).describe('Whether a newer release replaces an older queued one.'),
  retry: retrySchema,
  errors: errorsSchema,
  rollback: rollbackSchema,
  canary: canarySchema,
  deploymentStrategy: deploymentStrategySchema
    .optional()
    .describe("In place of the target environment's own; recreate and blue-green go without a canary."),
  verification: verificationSchema,
  database: databaseSchema,
  images: imagesSchema,
  force: forceSchema,
  skipValidation: skipValidationSchema,
  freezeOverride: freezeOverrideSchema,
  steps: stepsSchema,
  flags: flagsSettingsSchema,
} as const;

export const requirementSchema = z.strictObject(requirementShape);
export type Requirement = z.infer<typeof requirementSchema>;
