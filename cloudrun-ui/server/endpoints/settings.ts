import { z } from '@hono/zod-openapi';
import { waiverJson } from '../../../cli/json/evidence-json.ts';
import { openItemJson } from '../../../cli/json/people-json.ts';
import { authorizationMatrix, commands, roles } from '../../../engine/promotion-service.ts';
import { command, query } from '../endpoint/endpoint.ts';
import { askedInstant, instant } from '../shapes/instant.ts';
import { sentence, word } from '../shapes/names.ts';
import { openItemSchema } from '../shapes/people.ts';

const bindingShape = {
  subject: word.openapi({ description: 'A person’s or a machine’s id.' }),
  role: word,
  application: word.openapi({ description: '`*`: every application.' }),
  environment: word.openapi({ description: '`*`: every environment.' }),
};
const bindingSchema = z.strictObject(bindingShape).openapi('RoleBinding');

export const listRoles = query({
  path: '/api/roles',
  tag: 'People',
  name: 'list roles',
  asks: 'read',
  summary: 'Lists who has which role, bound here or listed in the rules, and which role may ask for what.',
  answer: z
    .strictObject({
      bindings: z.array(bindingSchema),
      listed: z.array(z.strictObject({ role: z.string(), people: z.array(z.string()) })),
      matrix: z.array(z.strictObject({ command: z.enum(commands), roles: z.array(z.enum(roles)) })),
    })
    .openapi('Roles'),
  handle: async ({ service }, { actor }) => ({
    ...(await service.roles(actor)),
    matrix: commands.map((name) => ({ command: name, roles: authorizationMatrix[name] })),
  }),
});

export const showPermissions = query({
  path: '/api/permissions',
  tag: 'People',
  name: 'show permissions',
  summary: 'Says what your roles let you do, for an application in an environment or for all of them.',
  query: z.strictObject({ application: word.default('*'), environment: word.default('*') }),
  answer: z.strictObject({ commands: z.array(z.enum(commands)) }).openapi('Permissions'),
  handle: async ({ service }, { actor, query: scope }) => ({
    commands: await service.overview.permissions(actor, scope),
  }),
});

export const bindRole = command({
  path: '/api/roles/bind',
  tag: 'People',
  name: 'bind role',
  asks: 'bind-role',
  summary: 'Gives somebody a role.',
  body: z.strictObject(bindingShape).openapi('RoleToBind'),
  answer: z.strictObject({ binding: bindingSchema }),
  handle: async ({ service }, { actor, body }) => ({ binding: await service.bindRole(actor, body) }),
});

export const unbindRole = command({
  path: '/api/roles/unbind',
  tag: 'People',
  name: 'unbind role',
  asks: 'bind-role',
  summary: 'Takes a role back.',
  body: z.strictObject(bindingShape).openapi('RoleToUnbind'),
  answer: z.strictObject({ binding: bindingSchema }),
  handle: async ({ service }, { actor, body }) => ({ binding: await service.unbindRole(actor, body) }),
});

const waiverSchema = z
  .strictObject({
    id: z.string(),
    application: z.string(),
    finding: z.string(),
    owner: z.string(),
    reason: z.string(),
    expiresAt: instant,
    release: z.string().nullable(),
    createdBy: z.string().nullable(),
    createdAt: instant.nullable(),
    state: z.enum(['valid', 'expired', 'revoked']),
    revoked: z.strictObject({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  })
  .openapi('Waiver');

export const listWaivers = query({
  path: '/api/waivers',
  tag: 'Rules',
  name: 'list waivers',
  asks: 'read',
  summary: 'Lists findings that were set aside, newest first.',
  query: z.strictObject({ application: word.optional() }),
  answer: z.strictObject({ waivers: z.array(waiverSchema) }),
  handle: async ({ service }, { actor, query: { application } }) => ({
    waivers: (await service.waivers(actor, application)).map(waiverJson),
  }),
});

export const waive = command({
  path: '/api/waivers',
  tag: 'Rules',
  name: 'waive finding',
  asks: 'waive',
  summary: 'Sets one finding aside until a moment.',
  status: 201,
  body: z
    .strictObject({
      application: word,
      finding: sentence,
      reason: sentence,
      expiresAt: askedInstant,
      owner: word.optional().openapi({ description: 'Who answers for it. Default: you.' }),
      release: word.optional().openapi({ description: 'Only for this one. Default: for every release.' }),
    })
    .openapi('WaiverRequest'),
  answer: z.strictObject({ waiver: waiverSchema }),
  handle: async ({ service }, { actor, body }) => ({ waiver: waiverJson(await service.waive(actor, body)) }),
});

export const revokeWaiver = command({
  path: '/api/waivers/revoke',
  tag: 'Rules',
  name: 'revoke waiver',
  asks: 'waive',
  summary: 'Ends a waiver before its time.',
  body: z.strictObject({ id: word, reason: sentence }).openapi('WaiverRevocation'),
  answer: z.strictObject({ waiver: waiverSchema }),
  handle: async ({ service }, { actor, body: { id, reason } }) => ({
    waiver: waiverJson(await service.revokeWaiver(actor, id, reason)),
  }),
});

export const listOpenItems = query({
  path: '/api/open-items',
  tag: 'Promotions',
  name: 'list open items',
  asks: 'read',
  summary: 'Lists what is to be done after promotions and was not yet, oldest first.',
  query: z.strictObject({ application: word.optional(), environment: word.optional() }),
  answer: z.strictObject({ openItems: z.array(openItemSchema) }),
  async handle({ service }, { actor, query: { application, environment } }) {
    const filter = {
      ...(application === undefined ? {} : { application }),
      ...(environment === undefined ? {} : { environment }),
    };
    return { openItems: (await service.openItems(actor, filter)).map(openItemJson) };
  },
});

export const closeItem = command({
  path: '/api/open-items/close',
  tag: 'Promotions',
  name: 'close item',
  asks: 'close-item',
  summary: 'Says that something that was left to do after a promotion is done, and how.',
  body: z.strictObject({ id: word, note: sentence }).openapi('ClosedItem'),
  answer: z.strictObject({ item: openItemSchema }),
  handle: async ({ service }, { actor, body: { id, note } }) => ({
    item: openItemJson(await service.closeItem(actor, id, note)),
  }),
});
