import { z } from '@hono/zod-openapi';
import { itemJson, noteJson } from '../../../cli/json/people-json.ts';
import { promotionJson } from '../../../cli/json/promotion-json.ts';
import type { PromotionRecord } from '../../../engine/promotion-service.ts';
import { command, type Asked } from '../endpoint/endpoint.ts';
import type { ServerPorts } from '../server-ports.ts';
import { promotionId, promotionParams, sentence, word } from '../shapes/names.ts';
import { checklistItemSchema, noteSchema } from '../shapes/people.ts';
import { planHash } from '../shapes/plan.ts';
import { promotionSchema } from '../shapes/promotion.ts';

const startedSchema = z.strictObject({
  promotion: promotionId.openapi({ description: 'The promotion that does it, which goes on by itself from here.' }),
});
const changedSchema = z.strictObject({ promotion: promotionSchema });

/** What a request may set aside, where the rules let whoever asks. */
const wishes = {
  reason: sentence.optional(),
  forces: z.boolean().default(false).openapi({ description: 'Goes on although gates fail; needs a reason.' }),
  acknowledges: sentence.optional().openapi({ description: 'Why it moves although it is ready only with caution.' }),
};

const seconds = z.number().positive().max(86_400);

/** Never a folder of the server’s own machine. */
const remoteRepository = z
  .string()
  .max(1000)
  .regex(
    /^(https|ssh):\/\/[^\s@]*@?[^\s@]+$|^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/,
    'must be owner/repository, or an https or ssh address',
  )
  .openapi({ example: 'https://github.com/shop/config.git' });

export const requestPromotion = command({
  path: '/api/promotions',
  tag: 'Promotions',
  name: 'request promotion',
  asks: 'run',
  summary: 'Asks for a promotion, or with `isDryRun` for its plan, which changes nothing.',
  status: 201,
  body: z
    .strictObject({
      application: word,
      release: word,
      to: word.openapi({ description: 'The target, by name or alias.' }),
      from: word.optional().openapi({ description: 'Default: the only way there.' }),
      isDryRun: z.boolean().default(false),
      isHotfix: z.boolean().default(false).openapi({ description: 'Takes the emergency lane; needs a reason.' }),
      isAgain: z.boolean().default(false).openapi({ description: 'Promotes what runs there already, or ran before.' }),
      overridesFreezes: z.boolean().default(false).openapi({ description: 'Needs a reason.' }),
      skipsValidation: z.boolean().default(false).openapi({ description: 'Goes on without gates; needs a reason.' }),
      autoApproves: z
        .boolean()
        .default(false)
        .openapi({ description: 'Brings its own approval, where the rules let.' }),
      onBehalfOf: word.optional().openapi({ description: 'The person behind a machine, who never approves.' }),
      timeouts: z
        .strictObject({ startupSeconds: seconds.optional(), healthCheckSeconds: seconds.optional() })
        .optional()
        .openapi({ description: 'How patient it is, in place of what the rules say.' }),
      configuration: z
        .strictObject({ repository: remoteRepository.optional(), branch: word.optional() })
        .optional()
        .openapi({ description: 'Where the target’s configuration is, in place of what the rules say.' }),
      ...wishes,
    })
    .openapi('PromotionRequest'),
  answer: startedSchema,
  problems: ['nothing-to-do', 'requirements-not-met'],
  async handle({ service }, { actor, body, idempotencyKey }) {
    const key = idempotencyKey === undefined ? undefined : `api:${actor.id}:${idempotencyKey}`;
    const { timeouts, configuration, ...request } = body;
    const promotion = await service.run(actor, {
      ...request,
      idempotencyKey: key,
      ...(timeouts === undefined ? {} : { timeouts }),
      ...(configuration === undefined ? {} : { configuration }),
    });
    return { promotion };
  },
});

export const decidePromotion = command({
  path: '/api/promotions/{promotion}/decisions',
  tag: 'Promotions',
  name: 'decide promotion',
  asks: 'approve',
  summary: 'Approves or rejects the plan of a promotion; refused when it is not that plan any more.',
  params: promotionParams,
  body: z
    .strictObject({
      decision: z.enum(['approved', 'rejected']),
      planHash: planHash.openapi({ description: 'Of the plan that was shown to whoever decides.' }),
      comment: sentence.optional().openapi({ description: 'Has to be there when it is rejected.' }),
    })
    .openapi('Decision'),
  answer: changedSchema,
  problems: ['requirements-not-met'],
  handle: async (ports, asked) => {
    const { actor, params, body } = asked;
    return changed(ports, asked, await ports.service.decide(actor, { promotionId: params.promotion, ...body }));
  },
});

export const cancelPromotion = command({
  path: '/api/promotions/{promotion}/cancel',
  tag: 'Promotions',
  name: 'cancel promotion',
  asks: 'cancel',
  summary: 'Stops a promotion; what it changed already is taken back.',
  params: promotionParams,
  body: z.strictObject({ reason: sentence }).openapi('Cancellation'),
  answer: changedSchema,
  handle: async (ports, asked) =>
    changed(ports, asked, await ports.service.cancel(asked.actor, asked.params.promotion, asked.body.reason)),
});

export const retryPromotion = command({
  path: '/api/promotions/{promotion}/retry',
  tag: 'Promotions',
  name: 'retry promotion',
  asks: 'retry',
  summary:
    'Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone.',
  params: promotionParams,
  body: z
    .strictObject({
      ...wishes,
      acceptsDataLoss: z
        .boolean()
        .default(false)
        .openapi({ description: 'Lets a rollback discard what its error names.' }),
      takesBackAnew: z
        .boolean()
        .default(false)
        .openapi({ description: 'Although somebody said it was taken back by hand.' }),
    })
    .openapi('Retry'),
  answer: changedSchema,
  problems: ['requirements-not-met'],
  handle: async (ports, asked) =>
    changed(ports, asked, await ports.service.retry(asked.actor, asked.params.promotion, asked.body)),
});

export const tickItem = command({
  path: '/api/promotions/{promotion}/ticks',
  tag: 'Promotions',
  name: 'tick item',
  asks: 'tick',
  summary: 'Ticks an item of a promotion’s checklist in your name.',
  params: promotionParams,
  body: z
    .strictObject({
      item: sentence.openapi({ description: 'Its words, or its number.' }),
      note: sentence.optional().openapi({ description: 'Where it can be seen that it was done.' }),
    })
    .openapi('Tick'),
  answer: z.strictObject({ item: checklistItemSchema }),
  handle: async ({ service }, { actor, params, body }) => ({
    item: itemJson(await service.tick(actor, { promotionId: params.promotion, ...body })),
  }),
});

export const noteDown = command({
  path: '/api/promotions/{promotion}/notes',
  tag: 'Promotions',
  name: 'note down',
  asks: 'note',
  summary: 'Writes into a promotion’s audit trail what you did or saw.',
  params: promotionParams,
  body: z.strictObject({ text: sentence }).openapi('NoteText'),
  answer: z.strictObject({ note: noteSchema }),
  handle: async ({ service }, { actor, params, body, idempotencyKey }) => ({
    note: noteJson(await service.note(actor, params.promotion, body.text, idempotencyKey)),
  }),
});

async function changed(
  { service }: ServerPorts,
  { actor }: Pick<Asked<unknown, unknown, unknown>, 'actor'>,
  promotion: PromotionRecord,
) {
  const { release } = await service.view(actor, promotion.id);
  return { promotion: promotionJson(promotion, release.name) };
}
