import { z } from '@hono/zod-openapi';
import { query } from '../endpoint/endpoint.ts';
import { instant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';

/** How long repositories may take. */
const patienceMs = 60_000;

export const locateSource = query({
  path: '/api/source-locations',
  tag: 'Releases',
  name: 'locate source',
  asks: 'read',
  summary: 'Says in which environments a commit runs, a change request or a ticket.',
  query: z.strictObject({
    change: word.openapi({ description: 'A commit by the beginning of its id, `#12`, or a ticket.' }),
    application: word.optional(),
  }),
  answer: z
    .strictObject({
      word: z.string(),
      commits: z.array(
        z.strictObject({
          repository: z.string(),
          commit: z.string(),
          author: z.string(),
          subject: z.string(),
          at: instant,
          changeRequests: z.array(z.string()),
          tickets: z.array(z.string()),
        }),
      ),
      locations: z.array(
        z.strictObject({
          application: z.string(),
          environment: z.string(),
          release: z.string(),
          containment: z.enum(['commit', 'patch', 'absent']).openapi({
            description: '`patch`: it has the same change under another commit.',
          }),
        }),
      ),
      unknown: z.array(z.strictObject({ application: z.string(), environment: z.string(), why: z.string() })),
    })
    .openapi('SourceLocations'),
  async handle({ service }, { actor, query: { change, application }, signal }) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const found = await service.locateSource(actor, { word: change, application }, patience);
    return {
      ...found,
      commits: found.commits.map(({ repository, commit, author, subject, at, changeRequests, tickets }) => {
        return { repository, commit, author, subject, at, changeRequests, tickets };
      }),
    };
  },
});
