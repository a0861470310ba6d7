import { isIP } from 'node:net';
import { z } from 'zod';
import { addressRefusal } from '../outbound/address-policy.ts';
import { positiveDurationSecondsSchema } from './durations.ts';
import { secretNameSchema } from './names.ts';
import { templateSchema, urlTemplateSchema } from './templates.ts';

const variables = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be a variable name'), z.string())
  .default({})
  .describe('Variables the action sees, beside those that describe the promotion.');
const secrets = z.array(secretNameSchema).default([]).describe('Secrets the action may read, by name.');
const timeoutSeconds = positiveDurationSecondsSchema.default(300);

/** Whatever a network lets through otherwise; what is refused here is never called, wherever the engine runs. */
const widestPolicy = { allowsLoopback: true, privateNetworks: 'all' } as const;

/** An address that is written as such is refused with the file; what a name leads to is known only when it is called. */
function refuseForbiddenAddress(context: z.core.ParsePayload<string>): void {
  const [, host = ''] = /^https?:\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(context.value) ?? [];
  const address = host.replace(/^\[|\]$/g, '');
  if (!isIP(address)) return;
  const refusal = addressRefusal(address, widestPolicy);
  if (refusal === undefined) return;
  context.issues.push({
    code: 'custom',
    input: context.value,
    message: `must be an address that may be called; ${refusal}`,
  });
}

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
      url: urlTemplateSchema(['env', 'app', 'release']).check(refuseForbiddenAddress),
      method: z.enum(['GET', 'POST', 'PUT']).default('POST'),
      headers: z.record(z.string(), templateSchema(['env', 'app', 'release'])).default({}),
      bearerTokenSecret: secretNameSchema.optional(),
      timeoutSeconds,
    }),
  ])
  .meta({ id: 'Action' });
export type Action = z.infer<typeof actionSchema>;
