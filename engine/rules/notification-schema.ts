import { z } from 'zod';
import { addressSchema, emailSchema, nameSchema, secretNameSchema } from './names.ts';

export const notificationSeverities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const notificationEvents = [
  'promotion-started',
  'approval-required',
  'approval-decided',
  'approval-expired',
  'validation-failed',
  'promotion-failed',
  'promotion-succeeded',
  'promotion-ended',
  'promotion-parked',
  'plan-changed',
  'step-retried',
  'artifacts-promoted',
  'database-migrated',
  'rollback-started',
  'rollback-succeeded',
  'rollback-failed',
  'rollback-escalated',
  'hold-changed',
  'report-ready',
] as const;

export type NotificationEvent = (typeof notificationEvents)[number];
export type NotificationSeverity = (typeof notificationSeverities)[number];

export const notificationChannelSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('slack'), name: nameSchema, webhookSecret: secretNameSchema }),
    z.strictObject({ kind: z.literal('teams'), name: nameSchema, webhookSecret: secretNameSchema }),
    z.strictObject({
      kind: z.literal('email'),
      name: nameSchema,
      to: z.array(emailSchema).min(1),
      provider: z.enum(['smtp', 'brevo']).default('smtp'),
      apiKeySecret: secretNameSchema.optional(),
    }),
    z.strictObject({
      kind: z.literal('github'),
      name: nameSchema,
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/repository'),
      tokenSecret: secretNameSchema,
    }),
    z.strictObject({
      kind: z.literal('webhook'),
      name: nameSchema,
      url: addressSchema,
      signingSecret: secretNameSchema.optional(),
    }),
    z.strictObject({ kind: z.literal('pubsub'), name: nameSchema, topic: z.string().min(1) }),
    z.strictObject({
      kind: z.literal('google-monitoring'),
      name: nameSchema,
      channel: z
        .string()
        .regex(
          /^projects\/[^/]+\/notificationChannels\/[^/]+$/,
          'must be projects/<project>/notificationChannels/<channel>',
        ),
    }),
    z.strictObject({ kind: z.literal('file'), name: nameSchema, path: z.string().min(1) }),
  ])
  .meta({ id: 'NotificationChannel' });
export type NotificationChannel = z.infer<typeof notificationChannelSchema>;

/** Who is told what, and through which channels. */
export const notificationsSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    channels: z.array(notificationChannelSchema).default([]),
    routes: z
      .array(
        z.strictObject({
          channels: z.array(nameSchema).min(1),
          events: z.array(z.enum(notificationEvents)).default([...notificationEvents]),
          severities: z.array(z.enum(notificationSeverities)).default([...notificationSeverities]),
          environments: z.array(nameSchema).default([]).describe('Targets it is about; none: all.'),
        }),
      )
      .default([])
      .describe('None: every channel hears everything.'),
  })
  .prefault({});
export type Notifications = z.infer<typeof notificationsSchema>;
