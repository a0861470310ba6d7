import { z } from '@hono/zod-openapi';
import { adoptionJson } from '../../../cli/json/adoption-json.ts';
import { testCategories } from '../../../engine/promotion-service.ts';
import { command } from '../endpoint/endpoint.ts';
import { word } from '../shapes/names.ts';
import { environmentParams } from './environments.ts';

export const adoptRunning = command({
  path: '/api/applications/{application}/environments/{environment}/adoption',
  tag: 'Environments',
  name: 'adopt running',
  asks: 'adopt',
  summary: 'Records what runs in an environment, read from the environment itself, as its verified baseline.',
  status: 201,
  params: environmentParams,
  body: z
    .strictObject({
      release: word.optional().openapi({ description: 'What to call it. Default: as the environment calls it.' }),
    })
    .openapi('AdoptionRequest'),
  answer: z
    .strictObject({
      application: z.string(),
      environment: z.string(),
      release: z.string(),
      digest: z.string(),
      isNew: z.boolean().openapi({ description: 'Whether a release was made of what runs.' }),
      images: z.array(z.strictObject({ service: z.string(), image: z.string(), digest: z.string() })),
      configurationCommit: z.string(),
      schemaVersion: z.int().nullable(),
      flags: z.array(z.string()),
    })
    .openapi('Adoption'),
  problems: ['rules-wrong'],
  handle: async ({ service }, { actor, params, body }) =>
    adoptionJson(await service.adoptRunning(actor, { ...params, ...body })),
});

const resultSchema = z
  .strictObject({
    category: z.enum(testCategories),
    name: z.string(),
    verdict: z.enum(['passed', 'failed', 'untested']).openapi({ description: '`untested` is no pass.' }),
    detail: z.string(),
    remedy: z.string().nullable(),
  })
  .openapi('EnvironmentTestResult');

export const testEnvironment = command({
  path: '/api/applications/{application}/environments/{environment}/tests',
  tag: 'Environments',
  name: 'test environment',
  asks: 'test-environment',
  summary:
    'Tests an environment by what the rules say of it, the team’s own tests among it; answers when all are done.',
  params: environmentParams,
  body: z
    .strictObject({
      leavesOut: z.array(z.enum(testCategories)).max(20).optional().openapi({ description: 'Categories not to run.' }),
    })
    .openapi('EnvironmentTestRequest'),
  answer: z
    .strictObject({
      application: z.string(),
      environment: z.string(),
      release: z.string().nullable(),
      results: z.array(resultSchema),
      lines: z
        .array(z.strictObject({ test: z.string(), line: z.string() }))
        .openapi({ description: 'What tests of the team’s own printed, the last of it.' }),
    })
    .openapi('EnvironmentTests'),
  problems: ['rules-wrong'],
  async handle({ service }, { actor, params, body, signal }) {
    const lines: { readonly test: string; readonly line: string }[] = [];
    const results: z.input<typeof resultSchema>[] = [];
    let of: { readonly application: string; readonly environment: string; readonly release: string | null } = {
      ...params,
      release: null,
    };
    for await (const event of service.testEnvironment(actor, { ...params, ...body }, signal)) {
      switch (event.kind) {
        case 'started':
          of = { application: event.application, environment: event.environment, release: event.release ?? null };
          break;
        case 'line':
          lines.push({ test: event.test, line: event.line });
          if (lines.length > mostLines) lines.shift();
          break;
        case 'result': {
          const { category, name, verdict, detail, remedy } = event;
          results.push({ category, name, verdict, detail, remedy: remedy ?? null });
        }
      }
    }
    return { ...of, results, lines };
  },
});

/** More of what tests print is not answered. */
const mostLines = 2000;
