import { z } from '@hono/zod-openapi';
import { closureJson } from '../../../cli/json/status-json.ts';
import { command, query } from '../endpoint/endpoint.ts';
import { closureSchema } from '../shapes/environment-state.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { sentence, word } from '../shapes/names.ts';

const place = { application: word.openapi({ description: '`*`: every application.' }), environment: word };

export const listClosures = query({
  path: '/api/closures',
  tag: 'Calendar',
  name: 'list closures',
  asks: 'read',
  summary: 'Lists every hold and freeze that keeps something closed now, of people and of the rules.',
  query: z.strictObject({ application: word.optional() }),
  answer: z.strictObject({ at: instant, closures: z.array(closureSchema) }),
  handle: async ({ service, clock }, { actor, query: { application } }) => ({
    at: clock.now(),
    closures: (await service.closures(actor, application)).map(closureJson),
  }),
});

const freezeSchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Of this one alone; several freezes of different places may share a name.' }),
    name: z.string(),
    application: z.string(),
    environment: z.string(),
    reason: z.string(),
    from: instant,
    to: instant,
    exceptHotfix: z.boolean(),
    declaredBy: z.string(),
    declaredAt: instant,
  })
  .openapi('Freeze');

export const listFreezes = query({
  path: '/api/freezes',
  tag: 'Calendar',
  name: 'list freezes',
  asks: 'read',
  summary: 'Lists the freezes that people declared and that are not over, by their beginning.',
  answer: z.strictObject({ freezes: z.array(freezeSchema) }),
  handle: async ({ service }, { actor }) => ({ freezes: await service.freezes(actor) }),
});

export const declareFreeze = command({
  path: '/api/freezes',
  tag: 'Calendar',
  name: 'declare freeze',
  asks: 'freeze',
  summary: 'Declares a span in which nothing moves.',
  status: 201,
  body: z
    .strictObject({
      name: word.openapi({ description: 'By which it is lifted.' }),
      application: word.optional().openapi({ description: 'Default: every application.' }),
      environment: word.optional().openapi({ description: 'Default: every environment.' }),
      reason: sentence,
      from: askedInstant.optional().openapi({ description: 'Default: now.' }),
      to: askedInstant,
      exceptHotfix: z.boolean().default(true),
    })
    .openapi('FreezeRequest'),
  answer: z.strictObject({ freeze: freezeSchema }),
  handle: async ({ service }, { actor, body }) => ({ freeze: await service.declareFreeze(actor, body) }),
});

export const liftFreeze = command({
  path: '/api/freezes/lift',
  tag: 'Calendar',
  name: 'lift freeze',
  asks: 'freeze',
  summary: 'Ends a declared freeze before its time.',
  body: z.strictObject({ name: word.openapi({ description: 'Its name or its id.' }) }).openapi('FreezeName'),
  answer: z.strictObject({ freeze: freezeSchema }),
  handle: async ({ service }, { actor, body }) => ({ freeze: await service.liftFreeze(actor, body.name) }),
});

export const holdEnvironment = command({
  path: '/api/holds',
  tag: 'Calendar',
  name: 'hold environment',
  asks: 'hold',
  summary: 'Pins an environment to its release until it is released, or until a time.',
  status: 201,
  body: z.strictObject({ ...place, reason: sentence, until: askedInstant.optional() }).openapi('HoldRequest'),
  answer: z.strictObject({
    hold: z
      .strictObject({
        application: z.string(),
        environment: z.string(),
        reason: z.string(),
        heldBy: z.string(),
        since: instant,
        until: instant.nullable(),
      })
      .openapi('Hold'),
  }),
  async handle({ service }, { actor, body }) {
    const hold = await service.hold(actor, body);
    return { hold: { ...hold, until: hold.until ?? null } };
  },
});

export const releaseEnvironment = command({
  path: '/api/holds/release',
  tag: 'Calendar',
  name: 'release environment',
  asks: 'hold',
  summary: 'Lets promotions into an environment again.',
  body: z.strictObject(place).openapi('HeldPlace'),
  answer: z.strictObject({ application: z.string(), environment: z.string() }),
  async handle({ service }, { actor, body }) {
    await service.unhold(actor, body);
    return body;
  },
});

export const resumeAutoPromotion = command({
  path: '/api/auto-promotion/resume',
  tag: 'Calendar',
  name: 'resume auto promotion',
  asks: 'resume',
  summary: 'Lets verified releases move on by themselves again after a rollback.',
  body: z.strictObject({ application: word, environment: word }).openapi('PausedPlace'),
  answer: z.strictObject({ application: z.string(), environment: z.string() }),
  handle: ({ service }, { actor, body }) => service.resumeAutoPromotion(actor, body),
});
