import { z } from '@hono/zod-openapi';
import { roles } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';

/** Who asks, as the server knows him. */
export const showMe = query({
  path: '/api/me',
  tag: 'People',
  name: 'show me',
  summary: 'Says who you are to the server, and how it knows.',
  answer: z
    .strictObject({
      person: z.string(),
      isVerified: z.boolean().openapi({ description: 'Whether somebody vouched for it.' }),
      roles: z.array(z.enum(roles)).openapi({ description: 'Those that the identity itself brings, for everything.' }),
      saidBy: z.string().nullable().openapi({ description: 'Who speaks for that person, unverified.' }),
      signIn: z.enum(['development', 'iap', 'oidc']).openapi({
        description: '`development`: nobody proves anything; the server answers to this machine alone.',
      }),
    })
    .openapi('Me'),
  handle: ({ identity }, { actor }) =>
    Promise.resolve({
      person: actor.id,
      isVerified: actor.verified,
      roles: actor.roles,
      saidBy: actor.spokenForBy ?? null,
      signIn: identity.kind,
    }),
});
