import { z } from 'zod';
import { deploymentStrategySchema } from './deployment-strategy.ts';
import { positiveDurationSecondsSchema } from './durations.ts';
import { addressSchema, hasNoPassword, nameSchema, passwordRefused, percentSchema, secretNameSchema } from './names.ts';
import { relativePathTemplateSchema, templateSchema, urlTemplateSchema } from './templates.ts';
import { testingSchema } from './testing-schema.ts';
import { freezesSchema } from './window-schema.ts';

const named = templateSchema(['env', 'app']);
const addressTemplateSchema = named.refine(hasNoPassword, { error: passwordRefused });
const perService = templateSchema(['env', 'app', 'service']);

export const deploymentSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('local'),
      directory: relativePathTemplateSchema(['env', 'app'])
        .default('deployments/<app>/<env>')
        .describe("Below the installation's data folder."),
    }),
    z.strictObject({
      kind: z.literal('kubernetes'),
      namespace: named,
      workload: perService.default('<service>').describe('Name of the Deployment of a service.'),
      container: perService.default('<service>'),
      context: z.string().min(1).optional().describe('Context of the kubeconfig; default: the current one.'),
    }),
    z.strictObject({
      kind: z.literal('argocd'),
      server: addressSchema,
      application: named.describe('Name of the Argo CD application.'),
      tokenSecret: secretNameSchema.optional(),
      usernameSecret: secretNameSchema.optional(),
      passwordSecret: secretNameSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('cloud-run'),
      projectId: z.string().min(1),
      region: z.string().min(1),
      service: perService.default('<app>-<service>-<env>'),
    }),
  ])
  .meta({ id: 'Deployment' });
export type Deployment = z.infer<typeof deploymentSchema>;

export const flagsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    path: relativePathTemplateSchema(['env', 'app']).default('flags/<app>/<env>.json'),
  }),
  z.strictObject({
    kind: z.literal('flagsmith'),
    server: addressSchema.default('https://api.flagsmith.com'),
    project: named.default('<app>'),
    environment: named.default('<env>'),
    apiKeySecret: secretNameSchema,
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type Flags = z.infer<typeof flagsSchema>;

/** Where service levels and alerts are read. */
export const metricsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('probe') }),
  z.strictObject({
    kind: z.literal('prometheus'),
    server: addressSchema,
    selector: named.default('environment="<env>"').describe('Label matchers put into every query.'),
    tokenSecret: secretNameSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('google-monitoring'), projectId: z.string().min(1) }),
]);
export type Metrics = z.infer<typeof metricsSchema>;

const targetsSchema = z.strictObject({
  deployment: deploymentSchema,
  registry: templateSchema(['env', 'app']).describe('Repository prefix; an image is <prefix>/<image>.'),
  database: templateSchema(['env', 'app'])
    .refine((name) => !name.includes('://'), {
      error: 'must be a database name; connection strings are kept as secrets',
    })
    .optional()
    .describe('Name of the database; absent: the application has none here.'),
  configuration: z.strictObject({
    repository: addressTemplateSchema,
    branch: named.default('env/<env>'),
    path: relativePathTemplateSchema(['env', 'app']).default('<app>/<env>/values.yaml'),
    schema: relativePathTemplateSchema(['env', 'app'])
      .optional()
      .describe('JSON Schema in the same repository that the values must suit before anything is committed.'),
    tokenSecret: secretNameSchema.optional(),
  }),
  flags: flagsSchema.default({ kind: 'none' }),
  metrics: metricsSchema.default({ kind: 'probe' }),
});
export type EnvironmentTargets = z.infer<typeof targetsSchema>;

export const environmentServiceSchema = z.strictObject({
  name: nameSchema,
  healthUrl: urlTemplateSchema(['env', 'app', 'service'])
    .default('/health')
    .describe('An address, or a path below the address the deployment reports.'),
  smokeUrls: z.array(urlTemplateSchema(['env', 'app', 'service'])).default([]),
  startupTimeoutSeconds: positiveDurationSecondsSchema.default(300),
  healthCheckTimeoutSeconds: positiveDurationSecondsSchema.default(30),
  maxResponseTimeSeconds: z
    .number()
    .positive()
    .optional()
    .describe('In place of what the gate responseTimes expects of its kind.'),
});
export type EnvironmentService = z.infer<typeof environmentServiceSchema>;

/** A named place a release runs; its targets are templates, so one environment serves every application. */
export const environmentSchema = z
  .strictObject({
    name: nameSchema,
    aliases: z.array(nameSchema).default([]),
    description: z.string().default(''),
    targets: targetsSchema,
    deploymentStrategy: deploymentStrategySchema
      .default('rolling')
      .describe('How a release takes the place of another one here, unless a path says otherwise.'),
    services: z.array(environmentServiceSchema).default([]).describe('Settings of single services here.'),
    slo: z
      .strictObject({
        availabilityPercent: percentSchema.optional(),
        errorRatePercent: percentSchema.optional(),
        p95Ms: z.number().positive().optional(),
        windowSeconds: positiveDurationSecondsSchema.default(2_592_000),
      })
      .optional(),
    testing: testingSchema.describe('What tests of the environment look at beside what the services say.'),
    freezes: freezesSchema.describe('When nothing moves in.'),
    hold: z
      .strictObject({ reason: z.string().min(1), until: z.iso.datetime({ offset: true }).optional() })
      .optional()
      .describe('Pins the environment to its release.'),
    resources: z
      .array(templateSchema(['env', 'app']))
      .default([])
      .describe('Shared things locked beside the slot, such as a database server or a flags project.'),
  })
  .meta({ id: 'Environment' });
export type Environment = z.infer<typeof environmentSchema>;
