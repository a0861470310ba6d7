import { z } from '@hono/zod-openapi';
import { changesSinceJson, stateAtJson } from '../../../cli/json/changes-json.ts';
import { promotionKinds } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { changeShape } from '../shapes/history.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

const scope = {
  application: word.optional(),
  environment: word.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
};

const originSchema = z
  .strictObject({
    id: z.string(),
    release: z.string(),
    kind: z.enum(promotionKinds),
    requestedBy: z.string(),
    onBehalfOf: z.string().nullable(),
    reason: z.string().nullable(),
    approvedBy: z.array(z.string()),
    spokenFor: z.record(z.string(), z.string()),
    takenBack: z.enum(['by-itself', 'later']).nullable(),
  })
  .openapi('ChangeOrigin');

export const listChanges = query({
  path: '/api/changes',
  tag: 'History',
  name: 'list changes',
  asks: 'read',
  summary: 'Says what changed in a time, newest first, over all applications unless one is named.',
  query: z.strictObject({
    ...scope,
    since: askedInstant.openapi({ description: 'After it.' }),
    until: askedInstant.optional().openapi({ description: 'By then. Default: now.' }),
  }),
  answer: z
    .strictObject({
      since: instant,
      until: instant,
      isCut: z.boolean(),
      groups: z.array(
        z.strictObject({
          at: instant,
          application: z.string(),
          environment: z.string(),
          changedBy: z.string(),
          saidBy: z.string().nullable(),
          promotion: originSchema.or(z.null()),
          changes: z.array(z.strictObject({ at: instant, ...changeShape })),
        }),
      ),
    })
    .openapi('ChangesSince'),
  handle: async ({ service }, { actor, query: words }) => changesSinceJson(await service.changesSince(actor, words)),
});

export const showStateAt = query({
  path: '/api/state-at',
  tag: 'History',
  name: 'show state at',
  asks: 'read',
  summary: 'Says what was not as it is now at a moment, and what was on its way then.',
  query: z.strictObject({ ...scope, at: askedInstant }),
  answer: z
    .strictObject({
      at: instant,
      isCut: z.boolean(),
      differences: z.array(
        z.strictObject({
          application: z.string(),
          environment: z.string(),
          kind: changeShape.kind,
          subject: z.string(),
          then: z.string().nullable(),
          isThenKnown: z.boolean(),
          now: z.string().nullable(),
          changedAt: instant,
          promotion: originSchema.or(z.null()),
        }),
      ),
      moving: z.array(
        z.strictObject({
          id: z.string(),
          application: z.string(),
          release: z.string(),
          from: z.string(),
          to: z.string(),
          requestedBy: z.string(),
          saidBy: z.string().nullable(),
          startedAt: instant,
          endedAt: instant.nullable(),
        }),
      ),
    })
    .openapi('StateAt'),
  handle: async ({ service }, { actor, query: words }) => stateAtJson(await service.stateAt(actor, words)),
});
