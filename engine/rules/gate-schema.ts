import { z } from 'zod';
import { actionSchema } from './action-schema.ts';
import { positiveDurationSecondsSchema } from './durations.ts';
import { countSchema, nameSchema, percentSchema } from './names.ts';

export const testSuites = ['unit', 'integration', 'e2e', 'performance'] as const;
/** When a load test is run, seen from the deployment. */
export const loadPhases = ['before', 'after'] as const;
export const severities = ['critical', 'high', 'medium', 'low'] as const;

const day = 86_400;
/** What was measured once about immutable bytes ages slowly; what is read from a running environment, within minutes. */
const slow = 30 * day;
const quick = 300;

const onMissing = z
  .enum(['fail', 'warn'])
  .default('fail')
  .describe('What absent, unreadable or too old evidence counts as.');

/** A gate's own thresholds beside what every gate has. */
function gate<Shape extends z.core.$ZodLooseShape>(maxAgeSeconds: number, shape: Shape) {
  return z.strictObject({
    ...shape,
    maxAgeSeconds: positiveDurationSecondsSchema
      .default(maxAgeSeconds)
      .describe('Evidence older than this counts as missing.'),
    onMissing,
  });
}

const milliseconds = z.number().positive();
const signatureKeySchema = z
  .strictObject({
    name: z.string().min(1).max(80).describe('What the signer is called in answers and in `signers`.'),
    publicKey: z
      .string()
      .max(4000)
      .regex(/^\s*-----BEGIN PUBLIC KEY-----\s/, 'must be a public key in PEM, which begins -----BEGIN PUBLIC KEY-----')
      .optional()
      .describe('ECDSA on P-256 or Ed25519, in PEM, as cosign.pub holds it.'),
    file: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('A file that holds it: looked for beside the rules, then in the data folder of the installation.'),
  })
  .refine(({ publicKey, file }) => (publicKey === undefined) !== (file === undefined), {
    error: 'must have either publicKey or file',
  });
const readFrom = z
  .enum(['source', 'target'])
  .default('source')
  .describe('Which environment of the path the reading is taken from.');
const maximumBySeverity = z
  .strictObject({
    critical: countSchema.default(0),
    high: countSchema.default(0),
    medium: countSchema.optional(),
    low: countSchema.optional(),
  })
  .prefault({})
  .describe(
    'The most that pass, by severity: none that is critical or high unless a number says so; medium and low ones are limited only by a number.',
  );
const maximumAgeBySeverity = z
  .strictObject({
    critical: positiveDurationSecondsSchema.optional(),
    high: positiveDurationSecondsSchema.optional(),
    medium: positiveDurationSecondsSchema.optional(),
    low: positiveDurationSecondsSchema.optional(),
  })
  .prefault({})
  .describe('How long a finding may be known, by severity, beside how many there may be; none: any age.');

/** One gate per key; the value `false` takes back a gate that the defaults demand. */
const gateSettings = {
  tests: gate(slow, {
    suites: z
      .array(z.enum(testSuites))
      .min(1)
      .default(['unit', 'integration'])
      .describe('Each must have a report of its own.'),
    minimumPassedPercent: percentSchema.default(100).describe('Of the tests that ran.'),
    maximumSkipped: countSchema.optional(),
  }),
  coverage: gate(slow, { minimumPercent: percentSchema.default(80).describe('Share of lines, inclusive.') }),
  findings: gate(7 * day, {
    maximum: maximumBySeverity,
    maximumAgeSeconds: maximumAgeBySeverity,
    onExcess: z
      .strictObject({
        critical: z.enum(['fail', 'warn']).default('fail'),
        high: z.enum(['fail', 'warn']).default('fail'),
        medium: z.enum(['fail', 'warn']).default('fail'),
        low: z.enum(['fail', 'warn']).default('fail'),
      })
      .prefault({}),
    scanners: z.array(z.string().min(1)).default([]).describe('Scanners that must have reported; none: any one.'),
  }),
  signature: gate(slow, {
    signers: z.array(z.string().min(1)).default([]).describe('Identities or key names, any of which must have signed.'),
    keys: z
      .array(signatureKeySchema)
      .max(20)
      .default([])
      .describe(
        'Public keys of cosign: signatures are then verified in the registry. None: verifications are evidence.',
      ),
    keyless: z
      .strictObject({ issuer: z.string().min(1), identity: z.string().min(1) })
      .optional()
      .describe("Signatures without a key, which need Sigstore's own services."),
  }),
  slo: gate(quick, {
    minimumAvailabilityPercent: percentSchema.optional().describe("Inclusive; default: the environment's objective."),
    maximumErrorRatePercent: percentSchema.optional().describe("Inclusive; default: the environment's objective."),
    maximumP95Ms: milliseconds.optional(),
    windowSeconds: positiveDurationSecondsSchema.default(day),
    environment: readFrom,
  }),
  errorBudget: gate(quick, {
    maximumConsumedPercent: z
      .number()
      .gt(0)
      .max(100)
      .default(50)
      .describe('Exclusive: consumption must stay below it.'),
    windowSeconds: positiveDurationSecondsSchema.default(30 * day),
    environment: readFrom,
  }),
  criticalAlerts: gate(quick, { maximum: countSchema.default(0), environment: readFrom }),
  stability: gate(quick, {
    forSeconds: positiveDurationSecondsSchema.default(900).describe('How long it must have run without trouble.'),
    maximumRestarts: countSchema.default(0),
    environment: readFrom,
  }),
  health: gate(quick, { environment: readFrom }),
  responseTimes: gate(quick, {
    maximumApiSeconds: z.number().positive().default(2),
    maximumFrontendSeconds: z.number().positive().default(5),
    environment: readFrom,
  }),
  codeReview: gate(slow, { minimumApprovals: z.int().positive().default(1) }),
  bugs: gate(day, { maximum: maximumBySeverity, maximumAgeSeconds: maximumAgeBySeverity }),
  lint: gate(slow, { maximumErrors: countSchema.default(0), maximumWarnings: countSchema.optional() }),
  load: gate(slow, {
    phases: z
      .array(z.enum(loadPhases))
      .min(1)
      .default(['before'])
      .describe('Whether one is demanded before the deployment, after it while the release is verified, or both.'),
    waitSeconds: positiveDurationSecondsSchema
      .default(900)
      .describe('How long verification waits for the one after the deployment; then it is missing.'),
    minimumRequestsPerSecond: z.number().positive().optional(),
    maximumErrorRatePercent: percentSchema.default(1),
    maximumP95Ms: milliseconds.optional(),
  }),
  performance: gate(slow, {
    maximumRegressionPercent: percentSchema.default(10).describe('Against the baseline of the release before.'),
    maximumP95Ms: milliseconds.optional(),
  }),
  canary: gate(day, {
    minimumTrafficPercent: percentSchema.default(10),
    minimumDurationSeconds: positiveDurationSecondsSchema.default(day),
    minimumSuccessPercent: percentSchema.default(99),
  }),
  source: gate(slow, {
    requireClean: z.boolean().default(true).describe('Refuses a release built with uncommitted changes.'),
    branches: z.array(z.string().min(1)).default([]).describe('Branches the commit must be on; none: any.'),
  }),
  migrations: gate(slow, {
    requireDown: z.boolean().default(false).describe('Every migration must come with its way back.'),
  }),
  readiness: gate(quick, { minimumPercent: percentSchema.default(75) }),
} as const;

/** A check of the team's own: a command, a container or an HTTP call. */
export const customGateSchema = gate(day, { name: nameSchema, action: actionSchema });
export type CustomGate = z.infer<typeof customGateSchema>;

/** Puts the value `false` beside a gate's settings. */
const orNot = <Settings extends z.ZodType>(settings: Settings) =>
  z
    .union([z.literal(false), settings], { error: 'must be a group of settings ({} for the defaults), or false' })
    .optional();

export const gatesSchema = z
  .strictObject({
    tests: orNot(gateSettings.tests),
    coverage: orNot(gateSettings.coverage),
    findings: orNot(gateSettings.findings),
    signature: orNot(gateSettings.signature),
    slo: orNot(gateSettings.slo),
    errorBudget: orNot(gateSettings.errorBudget),
    criticalAlerts: orNot(gateSettings.criticalAlerts),
    stability: orNot(gateSettings.stability),
    health: orNot(gateSettings.health),
    responseTimes: orNot(gateSettings.responseTimes),
    codeReview: orNot(gateSettings.codeReview),
    bugs: orNot(gateSettings.bugs),
    lint: orNot(gateSettings.lint),
    load: orNot(gateSettings.load),
    performance: orNot(gateSettings.performance),
    canary: orNot(gateSettings.canary),
    source: orNot(gateSettings.source),
    migrations: orNot(gateSettings.migrations),
    readiness: orNot(gateSettings.readiness),
    custom: z.array(customGateSchema).default([]),
  })
  .prefault({})
  .describe('The checks that must pass; false takes back one that the defaults demand.');
export type Gates = z.infer<typeof gatesSchema>;

/** Gates that no path may take back; what they are set to is the least that a path may demand. */
export const mandatoryGatesSchema = z
  .strictObject(gateSettings)
  .partial()
  .extend({ custom: z.array(customGateSchema).default([]) })
  .describe('Gates that paths cannot take back or demand less of; only what is listed is mandatory.');
export type MandatoryGates = z.infer<typeof mandatoryGatesSchema>;

export type GateName = keyof typeof gateSettings;
export const gateNames: readonly GateName[] = Object.keys(gateSettings) as GateName[];

/** The settings of one gate. @returns undefined when they are wrong. */
export function readGateSettings(
  gate: GateName | 'custom',
  settings: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const schema: z.ZodType<Readonly<Record<string, unknown>>> =
    gate === 'custom' ? customGateSchema : gateSettings[gate];
  const parsed = schema.safeParse(settings);
  return parsed.success ? parsed.data : undefined;
}

/** What one gate is set to, by its name. */
export type GateSettings<Name extends GateName> = z.infer<(typeof gateSettings)[Name]>;
export type DemandedGate =
  | { readonly [Name in GateName]: { readonly gate: Name; readonly settings: GateSettings<Name> } }[GateName]
  | { readonly gate: 'custom'; readonly settings: CustomGate };

/** The gates that are demanded, in the order of the schema, the team's own last. */
export function demandedGates(gates: Gates): readonly DemandedGate[] {
  const builtIn = gateNames.flatMap((gate) => {
    const settings = gates[gate];
    // The name and its settings belong together by construction, which the compiler cannot follow through a lookup.
    return settings === undefined || settings === false ? [] : [{ gate, settings } as DemandedGate];
  });
  return [...builtIn, ...gates.custom.map((settings) => ({ gate: 'custom' as const, settings }))];
}
