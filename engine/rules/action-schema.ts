import { z } from 'zod';
import { positiveDurationSecondsSchema } from './durations.ts';
import { secretNameSchema } from './names.ts';
import { templateSchema, urlTemplateSchema } from './templates.ts';

const variables = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable name'), z.string())
  .default({})
  .describe('Variables the action sees, beside those that describe the promotion.');
const secrets = z.array(secretNameSchema).default([]).describe('Secrets the action may read, by name.');
const timeoutSeconds = positiveDurationSecondsSchema.default(300);

/** What a custom gate, step or check runs. It succeeds by exit status 0 or a 2xx answer. */
export const actionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('command'),
      command: z.array(z.string().min(1)).min(1).describe('Program and arguments; no shell reads them.'),
      workingDirectory: z.string().min(1).optional(),
      variables,
      secrets,
      timeoutSeconds,
    }),
    z.strictObject({
      kind: z.literal('container'),
      image: z.string().min(1),
      arguments: z.array(z.string()).default([]),
      variables,
      secrets,
      timeoutSeconds,
    }),
    z.strictObject({
      kind: z.literal('http'),
      url: urlTemplateSchema(['env', 'app', 'release']),
      method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
      headers: z.record(z.string(), templateSchema(['env', 'app', 'release'])).default({}),
      bearerTokenSecret: secretNameSchema.optional(),
      timeoutSeconds,
    }),
  ])
  .meta({ id: 'Action' });
export type Action = z.infer<typeof actionSchema>;
