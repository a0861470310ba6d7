import { z } from '@hono/zod-openapi';
import { openItemJson } from '../../../cli/json/people-json.ts';
import { summaryJson } from '../../../cli/json/promotion-json.ts';
import { closureJson, environmentStandingJson } from '../../../cli/json/status-json.ts';
import { settableAside, type PipelinePath } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { Serialised } from '../endpoint/serialised.ts';
import { closureSchema, comingFreezeSchema, environmentStateSchema } from '../shapes/environment-state.ts';
import { instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';
import { pageQuery, placeOf } from '../shapes/page.ts';
import { openItemSchema } from '../shapes/people.ts';
import { promotionSummarySchema } from '../shapes/promotion.ts';
import { severally } from '../shapes/severally.ts';
import { joinMatrix, matrixTexts } from './matrix-text.ts';

const asks = z.enum(['approval', 'checklist', 'rollback-failed']);
const stage = z.string().nullable().openapi({ description: 'In which your approval would count.' });

const rowSchema = z
  .strictObject({
    application: z.string(),
    environments: z.array(environmentStateSchema),
    running: z.array(promotionSummarySchema).openapi({ description: 'Promotions that have not ended, newest first.' }),
    waitsForYou: z
      .array(z.strictObject({ promotion: z.string(), environment: z.string(), asks, stage }).openapi('WaitsForYou'))
      .openapi({ description: 'What you can do something about.' }),
  })
  .openapi('MatrixRow');

export const showMatrix = query({
  path: '/api/matrix',
  tag: 'Overview',
  name: 'show matrix',
  asks: 'read',
  summary: 'Says what runs where and what is on its way, a row for each application, by their names.',
  query: z.strictObject({
    ...pageQuery,
    search: word.optional().openapi({ description: 'Only applications with this in their names.' }),
    application: severally(word).openapi({ description: 'Only these applications.' }),
  }),
  answer: z
    .strictObject({
      at: instant,
      environments: z.array(z.string()).openapi({ description: 'The columns, along their paths.' }),
      items: z.array(rowSchema),
      closures: z.array(closureSchema),
      freezesAhead: z.array(comingFreezeSchema).openapi({ description: 'Those that begin within two weeks.' }),
      next: z.string().nullable(),
    })
    .openapi('Matrix'),
  async handle({ service, shared }, { actor, query: { limit, cursor, search, application } }) {
    const after = placeOf(cursor, z.tuple([z.string().max(200)]))?.[0];
    const { page, waitsForYou } = await service.overview.matrix(
      actor,
      { search, after, among: application, limit },
      shared,
    );
    const texts = shared.madeOf(page, matrixTexts);
    return waitsForYou.size === 0 ? texts.ofNobody : joinMatrix(texts, waitsForYou);
  },
});

const pathSchema = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    candidate: z
      .strictObject({ release: z.string(), isBad: z.boolean(), soakedAt: instant })
      .nullable()
      .openapi({ description: 'What runs verified where the path begins, and not where it ends.' }),
    isOpen: z.boolean(),
    changesAt: instant.nullable(),
    reason: z.string().nullable().openapi({ description: 'Why it is closed.' }),
    soakSeconds: z.number(),
    approvals: z.array(z.strictObject({ stage: z.string(), minimum: z.int() })),
    hasCanary: z.boolean(),
    promotesByItself: z.boolean(),
    mayPromote: z.boolean().openapi({ description: 'Whether you may ask for a promotion along it.' }),
    maySetAside: z
      .array(z.enum(settableAside))
      .openapi({ description: 'What of its rules you may set aside with one.' }),
  })
  .openapi('PipelinePath');

export const showPipeline = query({
  path: '/api/applications/{application}/pipeline',
  tag: 'Overview',
  name: 'show pipeline',
  asks: 'read',
  summary: 'Shows the way of an application’s releases: what runs in each environment, what may move, and what moves.',
  params: z.object({ application: word.openapi({ param: { name: 'application', in: 'path' } }) }),
  answer: z
    .strictObject({
      at: instant,
      application: z.string(),
      environments: z.array(z.strictObject({ name: z.string(), state: environmentStateSchema.or(z.null()) })),
      paths: z.array(pathSchema),
      running: z.array(promotionSummarySchema),
      closures: z.array(closureSchema),
    })
    .openapi('Pipeline'),
  async handle({ service, clock }, { actor, params }) {
    const { application, environments, paths, running, closures } = await service.overview.pipeline(
      actor,
      params.application,
    );
    return {
      at: clock.now(),
      application,
      environments: environments.map(({ name, state }) => ({
        name,
        state: state === undefined ? null : environmentStandingJson(state),
      })),
      paths: paths.map(pathJson),
      running: running.map(summaryJson),
      closures: closures.map(closureJson),
    };
  },
});

export const showInbox = query({
  path: '/api/inbox',
  tag: 'Overview',
  name: 'show inbox',
  summary:
    'Lists what waits for you: approvals that would count, items that you may tick, rollbacks that need a person.',
  query: z.strictObject({ limit: pageQuery.limit }),
  answer: z
    .strictObject({
      at: instant,
      items: z.array(
        z.strictObject({
          asks,
          stage,
          promotion: promotionSummarySchema,
        }),
      ),
      openItems: z.array(openItemSchema),
      isCut: z.boolean(),
    })
    .openapi('Inbox'),
  async handle({ service, clock, shared }, { actor, query: { limit } }) {
    const { entries, openItems, isCut } = await service.overview.inbox(actor, limit, shared);
    const items = entries.map(({ asks: asked, stage: of, promotion }) => {
      const text = shared.madeOf(promotion, (each) => JSON.stringify(summaryJson(each)));
      return `{"asks":${JSON.stringify(asked)},"stage":${JSON.stringify(of ?? null)},"promotion":${text}}`;
    });
    const rest = JSON.stringify({ openItems: openItems.map(openItemJson), isCut }).slice(1);
    return new Serialised(`{"at":${JSON.stringify(clock.now())},"items":[${items.join(',')}],${rest}`);
  },
});

export const listEnvironments = query({
  path: '/api/environments',
  tag: 'Overview',
  name: 'list environments',
  asks: 'read',
  summary: 'Says what runs in each environment of an application, or of all, along their paths.',
  query: z.strictObject({ application: word.optional() }),
  answer: z.strictObject({ at: instant, environments: z.array(environmentStateSchema) }),
  handle: async ({ service, clock }, { actor, query: { application } }) => ({
    at: clock.now(),
    environments: (await service.overview.environments(actor, application)).map(environmentStandingJson),
  }),
});

export const listPlaces = query({
  path: '/api/places',
  tag: 'Overview',
  name: 'list places',
  asks: 'read',
  summary: 'Names the applications, and the environments of each along their paths, of which something is remembered.',
  answer: z
    .strictObject({
      applications: z.array(z.strictObject({ application: z.string(), environments: z.array(z.string()) })),
    })
    .openapi('Places'),
  async handle({ service }, { actor }) {
    const standings = await service.overview.environments(actor, undefined);
    const byApplication = Map.groupBy(standings, ({ application }) => application);
    return {
      applications: [...byApplication].map(([application, own]) => ({
        application,
        environments: own.map(({ name }) => name),
      })),
    };
  },
});

function pathJson({ candidate, changesAt, reason, ...path }: PipelinePath) {
  return { ...path, candidate: candidate ?? null, changesAt: changesAt ?? null, reason: reason ?? null };
}
