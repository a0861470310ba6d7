import { z } from 'zod';
import { evidenceFactSchema } from '../evidence/evidence.ts';
import { personSchema, roleSchema, timeZoneSchema } from '../rules/names.ts';

const absolute = /^(19[7-9]\d|2[01]\d{2})-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/;
const relative = /^\+\d+(\.\d+)?[smhd]$/;

/** A date with or without a time; without an offset, by the clocks of the scenario's time zone. */
const instantSchema = z
  .string()
  .regex(absolute, 'must be a moment from 1970 to 2199 such as 2026-12-21T09:00, 2026-12-21T09:00+01:00 or 2026-12-21');
const momentSchema = z.string().refine((text) => absolute.test(text) || relative.test(text), {
  error: 'must be a moment such as 2026-12-21T09:00, or how long after the step before: +90m, +24h, +7d',
});
const word = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^\P{Cc}*$/u, 'must be text without control characters');
const asWhom = personSchema.describe('Who does it.');
const promotionLabel = word
  .optional()
  .describe('Which promotion, by the name that `run` gave it; default: the newest.');
const reason = z.string().min(1).default('because the scenario says so');
const count = z.number().nonnegative();
const percent = z.number().min(0).max(100);

const metricsSchema = z
  .strictObject({
    availabilityPercent: percent.default(100),
    errorRatePercent: percent.default(0),
    p95Ms: count.default(100),
    restarts: count.default(0),
    responseTimeMs: count.default(50),
    criticalAlerts: z.array(word).default([]).describe('Details of open critical alerts.'),
  })
  .describe('What was measured, over any span. Without it nothing was, and gates that ask for it fail.');

const environmentChangeSchema = z.strictObject({
  healthy: z.boolean().optional().describe('Whether services answer their checks; at first: true.'),
  deployments: z
    .enum(['work', 'fail', 'unhealthy'])
    .optional()
    .describe(
      'Whether what is deployed anew starts (`fail`: it does not) and answers its checks (`unhealthy`: it does not); at first: work. What ran before always does.',
    ),
  metrics: metricsSchema.optional(),
});

const evidenceSchema = z.strictObject({
  collectedAt: instantSchema.optional().describe('Default: when it is given.'),
  fact: evidenceFactSchema,
});

const releaseSchema = z.strictObject({
  verifiedIn: z
    .union([z.array(word), z.record(word, instantSchema)], {
      error: 'must be a list of environments, or environments with the moment at which it was verified there',
    })
    .default([])
    .describe('Where it runs and is verified; a list: since it is brought.'),
  authors: z.array(word).default([]).describe('Who wrote the change, and so cannot approve it.'),
  contains: z.array(word).default([]).describe('Releases whose changes it has; a hotfix must be in what comes later.'),
  signedBy: z.array(word).default([]).describe('Whose signature its images have: names of keys, or of signers.'),
  evidence: z.array(evidenceSchema).default([]),
});

const givenSchema = z
  .strictObject({
    people: z
      .record(personSchema, z.array(roleSchema))
      .default({})
      .describe("Roles that people hold beside those that the rules list: the program's and the rules' own."),
    releases: z.record(word, releaseSchema).default({}).describe('In their order; later ones replace earlier ones.'),
    environments: z.record(word, environmentChangeSchema).default({}),
    actions: z
      .record(word, z.enum(['succeeds', 'fails']))
      .default({})
      .describe('How custom gates, steps and tests end, by name. None of them is run.'),
  })
  .prefault({})
  .describe('How things are at the start.');

/** What may happen, one thing in each step. */
const actions = {
  run: z
    .strictObject({
      as: asWhom,
      release: word,
      to: word,
      from: word.optional(),
      name: word.optional().describe('How later steps call this promotion.'),
      reason: z.string().min(1).optional(),
      onBehalfOf: personSchema.optional(),
      dryRun: z.boolean().default(false),
      overrideFreeze: z.boolean().default(false),
      force: z.boolean().default(false),
      skipValidation: z.boolean().default(false),
      autoApprove: z.boolean().default(false),
      again: z.boolean().default(false),
      hotfix: z.boolean().default(false),
    })
    .describe('Somebody asks for a promotion.'),
  approve: z.strictObject({ as: asWhom, promotion: promotionLabel, comment: word.optional() }),
  reject: z.strictObject({ as: asWhom, promotion: promotionLabel, comment: reason }),
  tick: z.strictObject({ as: asWhom, promotion: promotionLabel, item: word, note: word.optional() }),
  cancel: z.strictObject({ as: asWhom, promotion: promotionLabel, reason }),
  retry: z.strictObject({ as: asWhom, promotion: promotionLabel }),
  rollback: z.strictObject({ as: asWhom, promotion: promotionLabel, reason, name: word.optional() }),
  hold: z.strictObject({ as: asWhom, environment: word, reason, until: instantSchema.optional() }),
  unhold: z.strictObject({ as: asWhom, environment: word }),
  freeze: z.strictObject({
    as: asWhom,
    name: word,
    environment: word.optional().describe('Default: every one.'),
    reason,
    from: instantSchema.optional().describe('Default: now.'),
    to: instantSchema,
    exceptHotfix: z.boolean().default(true),
  }),
  liftFreeze: z.strictObject({ as: asWhom, name: word }),
  waive: z.strictObject({ as: asWhom, finding: word, reason, until: instantSchema }),
  markBad: z.strictObject({ as: asWhom, release: word, reason }),
  resume: z.strictObject({ as: asWhom, environment: word }).describe('Lets auto-promotion go on.'),
  releases: z.record(word, releaseSchema).describe('New releases, or more places and evidence of known ones.'),
  environments: z.record(word, environmentChangeSchema).describe('What changes in environments.'),
  actions: z.record(word, z.enum(['succeeds', 'fails'])).describe('How custom gates, steps and tests end from now on.'),
} as const;
export const actionNames = Object.keys(actions) as readonly (keyof typeof actions)[];

const standings = [
  'allowed',
  'refused',
  'waiting',
  'moving',
  'promoted',
  'failed',
  'rolled-back',
  'rollback-failed',
  'rejected',
  'expired',
  'cancelled',
  'superseded',
] as const;
export type Standing = (typeof standings)[number];

const placeOnPath = { to: word, from: word.optional().describe('Default: the only environment that leads there.') };

const openSchema = z.strictObject({
  ...placeOnPath,
  hotfix: z.boolean().default(false).describe('Whether it is asked for the hotfix lane.'),
  is: z.boolean().optional(),
  until: instantSchema.optional().describe('When that changes.'),
  why: word.optional().describe('Part of the reason why it is closed.'),
});

const openingsSchema = z
  .strictObject({
    ...placeOnPath,
    since: instantSchema.optional().describe('Default: now.'),
    until: instantSchema,
    are: z
      .array(z.strictObject({ from: instantSchema, to: instantSchema }))
      .optional()
      .describe('Every span in which it is open.'),
    count: z.int().nonnegative().optional(),
    hours: z.number().nonnegative().optional().describe('For how long it is open altogether.'),
  })
  .describe('When a path is open by the rules and by what people have declared.');

const expectSchema = z.strictObject({
  promotion: promotionLabel,
  is: z
    .enum(standings)
    .optional()
    .describe(
      'How the promotion stands; `allowed`: the engine did not refuse what this step asks; `refused`: it did, or requirements were not met; `waiting`: nothing moves yet; `moving`: it holds the environment.',
    ),
  waitsFor: z.enum(['approval', 'checklist', 'window', 'soak', 'slot', 'bake', 'canary', 'retry', 'manual']).optional(),
  until: z
    .union([instantSchema, z.literal('somebody acts')])
    .optional()
    .describe('How long it waits.'),
  stage: word.optional().describe('The approval stage whose turn it is.'),
  approvedBy: z.array(personSchema).optional().describe('Everybody whose approval counts so far, in any order.'),
  gates: z.record(word, z.enum(['pass', 'fail', 'warn', 'skipped'])).optional(),
  why: word.optional().describe("Part of the engine's words: what it waits for, why it was refused or failed."),
  runs: z.record(word, word).optional().describe('Which release each environment runs.'),
  verified: z.record(word, z.boolean()).optional().describe('Whether what runs there is verified.'),
  open: openSchema.optional(),
  openings: openingsSchema.optional(),
});
export type Expectation = z.infer<typeof expectSchema>;

const stepSchema = z
  .strictObject({
    at: momentSchema.optional().describe('Default: the moment of the step before.'),
    ...z.strictObject(actions).partial().shape,
    expect: expectSchema.optional(),
  })
  .check((context) => {
    const done = actionNames.filter((name) => context.value[name] !== undefined);
    const [, second] = done;
    if (second !== undefined) {
      const message = `must be in a step of its own; a step is one of ${done.join(' and ')}`;
      context.issues.push({ code: 'custom', input: context.value, path: [second], message });
    } else if (done.length === 0 && context.value.expect === undefined) {
      const message = `must be a step with something that happens (${actionNames.join(', ')}) or with expect`;
      context.issues.push({ code: 'custom', input: context.value, message });
    }
  })
  .meta({ id: 'Step' });
export type ScenarioStep = z.infer<typeof stepSchema>;

const mostSteps = 2_000;
const scenarioSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    application: word.optional().describe('Default: the only one that the rules name.'),
    start: instantSchema.describe('When the scenario begins.'),
    timeZone: timeZoneSchema.optional().describe('Whose clocks its moments mean; default: that of the file.'),
    given: givenSchema,
    steps: z.array(stepSchema).min(1).max(mostSteps),
  })
  .meta({ id: 'Scenario' });
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioRelease = z.infer<typeof releaseSchema>;
export type EnvironmentChange = z.infer<typeof environmentChangeSchema>;

/** A file of scenarios by which rules are tested, `*.test.yaml`. */
export const scenarioFileSchema = z.strictObject({
  version: z.literal(1),
  rules: word.optional().describe('The rules file, relative to this one; `--rules` names another.'),
  timeZone: timeZoneSchema.default('UTC').describe('Whose clocks moments without an offset mean.'),
  scenarios: z.array(scenarioSchema).min(1).max(500),
});
export type ScenarioFile = z.infer<typeof scenarioFileSchema>;
