import { z } from '@hono/zod-openapi';
import { closureJson, environmentStateJson } from '../../../cli/json/status-json.ts';
import { query } from '../endpoint/endpoint.ts';
import { closureSchema, environmentStateSchema } from '../shapes/environment-state.ts';
import { instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

export const listEnvironments = query({
  path: '/api/environments',
  tag: 'Overview',
  name: 'list environments',
  summary: 'Says what runs in each environment of an application, or of all, along their paths.',
  query: z.strictObject({ application: word.optional() }),
  answer: z.strictObject({ at: instant, environments: z.array(environmentStateSchema) }),
  handle: async ({ service, clock }, { actor, query: { application } }) => ({
    at: clock.now(),
    environments: (await service.environments(actor, application)).map(environmentStateJson),
  }),
});

export const listClosures = query({
  path: '/api/closures',
  tag: 'Calendar',
  name: 'list closures',
  summary: 'Lists every hold and freeze that keeps something closed now, of people and of the rules.',
  query: z.strictObject({ application: word.optional() }),
  answer: z.strictObject({ at: instant, closures: z.array(closureSchema) }),
  handle: async ({ service, clock }, { actor, query: { application } }) => ({
    at: clock.now(),
    closures: (await service.closures(actor, application)).map(closureJson),
  }),
});
