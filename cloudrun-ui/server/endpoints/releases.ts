import { z } from '@hono/zod-openapi';
import type { Release } from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { word } from '../shapes/names.ts';
import { releaseSummarySchema } from '../shapes/release.ts';

export const listReleases = query({
  path: '/api/applications/{application}/releases',
  tag: 'Releases',
  name: 'list releases',
  summary: 'Lists the releases of an application, newest first.',
  params: z.object({ application: word.openapi({ param: { name: 'application', in: 'path' } }) }),
  answer: z.strictObject({ releases: z.array(releaseSummarySchema) }),
  handle: async ({ service }, { actor, params: { application } }) => ({
    releases: (await service.releases(actor, application)).map(summaryOf),
  }),
});

function summaryOf({ application, name, digest, createdAt, createdBy, bad, content }: Release) {
  return {
    application,
    name,
    digest,
    createdAt,
    createdBy,
    bad: bad ?? null,
    images: content.images.length,
    migrations: content.database?.migrations.length ?? 0,
    commit: content.source?.commit ?? null,
  };
}
