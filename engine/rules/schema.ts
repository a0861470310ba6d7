import { z } from 'zod';
import { tableNameSchema } from '../contract/database-function-api.ts';
import { isAtMost } from './at-most.ts';
import { positiveDurationSecondsSchema } from './durations.ts';
import { environmentSchema } from './environment-schema.ts';
import { gateNames } from './gate-schema.ts';
import { mandatorySchema } from './mandatory-schema.ts';
import { daysSchema, nameSchema, percentSchema, personSchema, roleSchema } from './names.ts';
import { notificationsSchema } from './notification-schema.ts';
import { approvalStagesSchema, requirementSchema, requirementShape } from './requirement-schema.ts';
import { templateSchema } from './templates.ts';
import { wideFreezesSchema } from './window-schema.ts';

/** More than these is a mistake; and questions about the graph cost their product. */
export const mostEnvironments = 200;
export const mostPaths = 1000;

const serviceSchema = z.strictObject({
  name: nameSchema,
  kind: z.enum(['api', 'frontend', 'worker']).default('api').describe('Decides which response time is expected.'),
  critical: z.boolean().default(true).describe('Whether the application is down when this service is.'),
});

export const applicationSchema = z.strictObject({
  name: nameSchema,
  services: z.array(serviceSchema).min(1).max(500),
  freezes: wideFreezesSchema.describe('When nothing of this application moves.'),
});
export type Application = z.infer<typeof applicationSchema>;

/** In which environments a release must be verified before a path opens; it must always be verified in `from`. */
const afterSchema = z
  .union(
    [
      z.literal('any'),
      z.literal('all'),
      z.strictObject({ atLeast: z.int().positive(), of: z.array(nameSchema).min(1) }),
    ],
    {
      error:
        'must be any (from suffices), all (every source of the target), or { atLeast: <number>, of: [<environments>] }',
    },
  )
  .default('any');
export type After = z.infer<typeof afterSchema>;

/** An allowed move and what it demands. */
export const pathSchema = z
  .strictObject({ from: nameSchema, to: nameSchema, after: afterSchema, ...requirementShape })
  .meta({ id: 'Path' });
export type Path = z.infer<typeof pathSchema>;

/** The emergency lane: enters at `entry`, with its own approval and a shorter verification, and is merged back. */
const hotfixSchema = z.strictObject({
  entry: nameSchema.describe('The only environment before which environments may be skipped.'),
  verifySeconds: positiveDurationSecondsSchema.default(1800).describe('Replaces the soak of the paths behind `entry`.'),
  approvals: approvalStagesSchema.min(1).describe('Replace the approvals of the path.'),
  setAside: z.array(z.enum(gateNames)).default([]).describe('Gates the lane does without.'),
  mergeBackTo: z.string().min(1).optional().describe('Branch that must get the fix.'),
});

const readinessSchema = z
  .strictObject({
    readyPercent: percentSchema.default(90).describe('From here on: ready.'),
    cautionPercent: percentSchema.default(75).describe('From here on: with caution; below: not ready.'),
  })
  .check(isAtMost('cautionPercent', 'readyPercent'))
  .prefault({});

const comparisonSchema = z
  .strictObject({
    tables: z
      .array(tableNameSchema)
      .default([])
      .describe('Tables whose row counts and checksums are compared between two environments.'),
  })
  .prefault({});

/** Whether every part is a name, placeholders aside: no part is empty, hidden or leads out. */
const isPlainFolder = (place: string): boolean =>
  place
    .replaceAll(/<(?:env|app)>/g, 'x')
    .split('/')
    .every((part) => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/.test(part));

const locationsSchema = z
  .strictObject({
    backups: templateSchema(['env', 'app'])
      .refine((place) => place.includes('://') || isPlainFolder(place), {
        error:
          'must be a gs:// address, or a folder of letters, digits, _ . and - between slashes that stays below its own',
      })
      .default('backups/<app>/<env>'),
    logs: templateSchema(['env', 'app'])
      .optional()
      .describe("Refused by name where logs stay in the installation's database, as they do in local mode."),
    reports: templateSchema(['env', 'app']).default('reports/<app>/<env>'),
    auditArchive: z.string().min(1).optional().describe('Storage outside, such as gs://bucket/audit.'),
  })
  .prefault({})
  .describe("Folders below the documents of the installation's data folder, or gs:// addresses.");

const collectSchema = z
  .strictObject({
    metrics: z
      .boolean()
      .default(true)
      .describe('Whether back-ups hold a snapshot of metrics, and promotions are counted.'),
    logs: z.boolean().default(true).describe('Whether what steps write is kept; their errors always are.'),
    audit: z.boolean().default(true).describe('Without the audit trail nothing is promoted: false is refused by name.'),
  })
  .prefault({});

const retentionSchema = z
  .strictObject({
    metricsDays: daysSchema.default(90),
    logsDays: daysSchema.default(30),
    auditDays: daysSchema.default(365),
    backupsDays: daysSchema.default(30),
  })
  .prefault({});

const reportsSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    formats: z
      .array(z.enum(['json', 'markdown', 'html']))
      .min(1)
      .default(['json', 'markdown']),
    compliance: z.boolean().default(false).describe('Adds who approved what, by which evidence.'),
  })
  .prefault({});

const cloudSchema = z.strictObject({
  kind: z.literal('google'),
  projectId: z.string().min(1),
  region: z.string().min(1).default('us-central1'),
  domainName: z.string().min(1).optional(),
  migrationFunctionSource: z.string().min(1).default('functions/db_migration.zip'),
});

const outboundSchema = z
  .strictObject({
    privateNetworks: z
      .array(z.union([z.cidrv4(), z.cidrv6()], { error: 'must be a network such as 10.8.0.0/16' }))
      .default([])
      .describe('Private networks that HTTP actions may reach outside local mode, where all are open.'),
  })
  .prefault({});

/**
 * The rules document, `promotion-rules.yaml`. What parsing yields has every default in it, so storing it with a
 * promotion keeps its meaning, and parsing it again yields the same.
 */
export const rulesSchema = z.strictObject({
  version: z.literal(1),
  extends: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe(
      'A rules file, relative to this one: what it says holds here too, and its mandatory gates and freezes stay.',
    ),
  mandatory: mandatorySchema,
  applications: z.array(applicationSchema).min(1).max(20_000),
  environments: z.array(environmentSchema).min(1).max(mostEnvironments),
  defaults: requirementSchema.prefault({}).describe('What every path demands unless it says otherwise.'),
  paths: z.array(pathSchema).max(mostPaths).default([]),
  freezes: wideFreezesSchema.describe('Freezes of every application.'),
  hotfix: hotfixSchema.optional(),
  roles: z
    .array(z.strictObject({ name: roleSchema, people: z.array(personSchema).default([]) }))
    .optional()
    .describe(
      'When present, every role named elsewhere must be listed here, but those that the engine has itself: viewer, promoter, approver, operator, admin.',
    ),
  readiness: readinessSchema,
  comparison: comparisonSchema,
  notifications: notificationsSchema,
  reports: reportsSchema,
  collect: collectSchema,
  retention: retentionSchema,
  locations: locationsSchema,
  outbound: outboundSchema,
  cloud: cloudSchema.optional(),
});
export type Rules = z.infer<typeof rulesSchema>;
/** A document that others extend: it may leave everything to them. */
export const extendedRulesSchema = rulesSchema.partial();
/** The document as people write it: defaults may be left out. */
export type RulesInput = z.input<typeof rulesSchema>;

export type {
  Deployment,
  Environment,
  EnvironmentService,
  EnvironmentTargets,
  Flags,
  Metrics,
} from './environment-schema.ts';
export type { MandatoryEntry } from './mandatory-schema.ts';
export type { CustomGate, DemandedGate, GateName, Gates, GateSettings } from './gate-schema.ts';
export type { NotificationChannel, Notifications } from './notification-schema.ts';
export type { ApprovalStage, ChecklistItem, CustomStep, Requirement } from './requirement-schema.ts';
export type { Freeze, WideFreeze, Window } from './window-schema.ts';
