import { z } from '@hono/zod-openapi';
import { configurationDiffJson, configurationHistoryJson } from '../../../cli/json/configuration-json.ts';
import { query } from '../endpoint/endpoint.ts';
import { instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';
import { environmentParams } from './environments.ts';

const settingChanges = z.array(
  z.strictObject({ setting: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
);

export const listConfigurationHistory = query({
  path: '/api/applications/{application}/environments/{environment}/configuration',
  tag: 'Configuration',
  name: 'list configuration history',
  asks: 'read',
  summary: 'Lists who changed the values of an environment, when, with which promotion, and what; secrets are masked.',
  params: environmentParams,
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  answer: z
    .strictObject({
      environment: z.string(),
      repository: z.string(),
      branch: z.string(),
      path: z.string(),
      isCut: z.boolean(),
      revisions: z.array(
        z.strictObject({
          commit: z.string(),
          at: instant,
          author: z.string(),
          subject: z.string(),
          promotion: z.string().nullable(),
          changes: settingChanges,
        }),
      ),
    })
    .openapi('ConfigurationHistory'),
  handle: async ({ service }, { actor, params, query: { limit } }) =>
    configurationHistoryJson(await service.configurationHistory(actor, { ...params, limit })),
});

export const showConfigurationDiff = query({
  path: '/api/applications/{application}/environments/{environment}/configuration-diff',
  tag: 'Configuration',
  name: 'show configuration diff',
  asks: 'read',
  summary: 'Shows what differs between two versions of an environment’s values, or between two environments.',
  params: environmentParams,
  query: z.strictObject({
    from: word
      .optional()
      .openapi({ description: 'A commit or a promotion. Default: what the newest change was made on.' }),
    to: word.optional().openapi({ description: 'Likewise. Default: the newest.' }),
    against: word.optional().openapi({ description: 'Another environment, in place of `from`.' }),
  }),
  answer: z.strictObject({ from: z.string(), to: z.string(), changes: settingChanges }).openapi('ConfigurationDiff'),
  handle: async ({ service }, { actor, params, query: words }) =>
    configurationDiffJson(await service.configurationDiff(actor, { ...params, ...words })),
});
