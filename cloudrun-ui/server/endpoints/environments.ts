import { z } from '@hono/zod-openapi';
import { comparisonJson } from '../../../cli/json/comparison-json.ts';
import { reportJson } from '../../../cli/json/environment-json.ts';
import { query } from '../endpoint/endpoint.ts';
import { reportShape } from '../shapes/environment-report.ts';
import { instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';
import { planSchema } from '../shapes/plan.ts';

export const environmentParams = z.object({
  application: word.openapi({ param: { name: 'application', in: 'path' } }),
  environment: word.openapi({ param: { name: 'environment', in: 'path' } }),
});

export const inspectEnvironment = query({
  path: '/api/applications/{application}/environments/{environment}',
  tag: 'Environments',
  name: 'inspect environment',
  asks: 'read',
  summary: 'Says how an application does in an environment now, found out there and not remembered.',
  params: environmentParams,
  answer: z
    .strictObject({ at: instant, application: z.string(), environment: z.string(), ...reportShape })
    .openapi('EnvironmentReport'),
  async handle({ service }, { actor, params, signal }) {
    const report = await service.inspect(actor, params, signal);
    const { at, application, environment } = report;
    return { at, application, environment, ...reportJson(report) };
  },
});

const absent = [
  z.strictObject({ kind: z.literal('unknown'), why: z.string() }),
  z.strictObject({ kind: z.literal('none') }),
] as const;
const part = <Entry extends z.ZodType>(entry: Entry) =>
  z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('compared'), entries: z.array(entry) }), ...absent]);
/** Likewise, with what is the same on both sides. */
const partOfAll = <Entry extends z.ZodType, Same extends z.ZodType>(entry: Entry, same: Same) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('compared'), entries: z.array(entry), same: z.array(same) }),
    ...absent,
  ]);
const version = z.strictObject({ release: z.string().nullable(), digest: z.string().nullable() });
const flagShape = { isEnabled: z.boolean(), percentage: z.number() };
const flagState = z.strictObject(flagShape).nullable();
const side = z.strictObject({ environment: z.string(), ...reportShape });

export const compareEnvironments = query({
  path: '/api/environment-comparison',
  tag: 'Environments',
  name: 'compare environments',
  asks: 'read',
  summary:
    'Shows two environments beside each other, how ready what runs in the first one is for the second, and what promoting it would change.',
  query: z.strictObject({ application: word.optional(), from: word.optional(), to: word.optional() }),
  answer: z
    .strictObject({
      application: z.string(),
      at: instant,
      from: side,
      to: side,
      versions: z.array(
        z.strictObject({ service: z.string(), from: version, to: version, isSame: z.boolean().nullable() }),
      ),
      schema: part(z.strictObject({ object: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
      tables: part(
        z.strictObject({ table: z.string(), from: z.unknown(), to: z.unknown(), isSame: z.boolean().nullable() }),
      ),
      configuration: partOfAll(
        z.strictObject({ setting: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
        z.strictObject({ setting: z.string(), value: z.string() }),
      ),
      flags: partOfAll(
        z.strictObject({ key: z.string(), from: flagState, to: flagState }),
        z.strictObject({ key: z.string(), ...flagShape }),
      ),
      readiness: z
        .strictObject({
          score: z.number().nullable(),
          verdict: z.enum(['ready', 'caution', 'not-ready']),
          readyPercent: z.number(),
          cautionPercent: z.number(),
          isDemanded: z.boolean(),
          checks: z.array(
            z.strictObject({
              part: z.string(),
              name: z.string(),
              weight: z.number(),
              isPassed: z.boolean().nullable(),
              detail: z.string(),
            }),
          ),
        })
        .nullable(),
      forecast: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('planned'), release: z.string(), plan: planSchema.or(z.null()) }),
          z.strictObject({ kind: z.literal('unknown'), release: z.string(), why: z.string() }),
        ])
        .nullable()
        .openapi({
          description: 'What promoting what runs in `from` would change; null where no path leads, or nothing runs.',
        }),
    })
    .openapi('EnvironmentComparison'),
  problems: ['requirements-not-met'],
  handle: async ({ service }, { actor, query: words, signal }) =>
    comparisonJson(await service.compare(actor, words, signal)),
});
