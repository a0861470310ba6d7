import { z } from 'zod';
import { durationSecondsSchema } from './durations.ts';
import { addressSchema, daysSchema, emailSchema, nameSchema } from './names.ts';

const monitoringChannel = z
  .string()
  .regex(/^projects\/[^/]+\/notificationChannels\/[^/]+$/, 'must be projects/<project>/notificationChannels/<channel>');
const seconds = durationSecondsSchema.refine((value) => value >= 1, { error: 'must be at least 1 second' });
const secretValue = z.string().default('');

/**
 * The 31 inputs of one pair of environments, as the construct takes them, with their documented defaults.
 * Connection strings and the API key are secrets: rules say only whether they are there and how they are called.
 */
export const promotionInputsSchema = z
  .strictObject({
    environment: nameSchema,
    targetEnvironment: nameSchema,
    kubernetesNamespace: nameSchema,
    domainName: z
      .string()
      .regex(
        /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/,
        'must be a domain name such as shop.example',
      )
      .max(253),
    approvalRequired: z.boolean().default(true),
    approvers: z.array(emailSchema).default([]),
    promotionChecklist: z.array(z.string().min(1)).default([]),
    artifactRegistry: addressSchema,
    configRepository: addressSchema,
    databaseMigrationStrategy: z.enum(['blue-green', 'incremental', 'schema-first']).default('blue-green'),
    notificationChannels: z.array(monitoringChannel).default([]),
    dbMigrationFunctionSource: z.string().min(1).default('functions/db_migration.zip'),
    sourceDbConnection: secretValue,
    targetDbConnection: secretValue,
    gcpProjectId: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        'must be a project id of 6 to 30 lower-case letters, digits and hyphens',
      ),
    enableFeatureFlagPromotion: z.boolean().default(true),
    featureFlagService: z.enum(['flagsmith', 'file', 'none']).default('flagsmith'),
    featureFlagApiKey: secretValue,
    enableRollback: z.boolean().default(true),
    rollbackTimeout: seconds.default(300),
    enableCanaryPromotion: z.boolean().default(false),
    canaryPromotionPercentage: z.number().min(1).max(99).default(10),
    canaryPromotionDuration: seconds.default(3600),
    enablePromotionMetrics: z.boolean().default(true),
    promotionMetricsRetentionDays: daysSchema.default(90),
    enablePromotionLogs: z.boolean().default(true),
    promotionLogsRetentionDays: daysSchema.default(30),
    enablePromotionNotifications: z.boolean().default(true),
    promotionNotificationChannels: z
      .array(
        z.union([monitoringChannel, emailSchema, z.url({ protocol: /^https$/ })], {
          error: 'must be projects/<project>/notificationChannels/<channel>, an e-mail address or an https address',
        }),
      )
      .default([]),
    enablePromotionAudit: z.boolean().default(true),
    promotionAuditRetentionDays: daysSchema.default(365),
  })
  .refine((inputs) => inputs.environment !== inputs.targetEnvironment, {
    error: 'must be another environment than environment',
    path: ['targetEnvironment'],
  });
export type PromotionInputs = z.infer<typeof promotionInputsSchema>;
/** As people write them: what has a default may be left out. */
export type PromotionInputsGiven = z.input<typeof promotionInputsSchema>;
