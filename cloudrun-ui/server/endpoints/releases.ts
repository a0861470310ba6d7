import { z } from '@hono/zod-openapi';
import { evidenceJson } from '../../../cli/json/evidence-json.ts';
import { command, query } from '../endpoint/endpoint.ts';
import { evidenceSchema } from '../shapes/evidence.ts';
import { instant } from '../shapes/instant.ts';
import { sentence, word } from '../shapes/names.ts';
import { releaseSummarySchema, summaryOf } from '../shapes/release.ts';

const application = word.openapi({ param: { name: 'application', in: 'path' } });
const releaseParams = z.object({ application, release: word.openapi({ param: { name: 'release', in: 'path' } }) });

export const listReleases = query({
  path: '/api/applications/{application}/releases',
  tag: 'Releases',
  name: 'list releases',
  asks: 'read',
  summary: 'Lists the releases of an application, newest first.',
  params: z.object({ application }),
  answer: z.strictObject({ releases: z.array(releaseSummarySchema) }),
  handle: async ({ service }, { actor, params }) => ({
    releases: (await service.releases(actor, params.application)).map(summaryOf),
  }),
});

export const listBadReleases = query({
  path: '/api/bad-releases',
  tag: 'Releases',
  name: 'list bad releases',
  asks: 'read',
  summary: 'Lists releases of every application that are marked bad and so never promoted, the newest mark first.',
  answer: z.strictObject({ releases: z.array(releaseSummarySchema) }),
  handle: async ({ service }, { actor }) => ({ releases: (await service.overview.badReleases(actor)).map(summaryOf) }),
});

export const showRelease = query({
  path: '/api/applications/{application}/releases/{release}',
  tag: 'Releases',
  name: 'show release',
  asks: 'read',
  summary: 'Shows a release: its images, migrations, flags and values, what is known about it, and where it runs.',
  params: releaseParams,
  answer: z
    .strictObject({
      release: releaseSummarySchema,
      content: z.strictObject({
        images: z.array(z.strictObject({ service: z.string(), image: z.string(), digest: z.string() })),
        configuration: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        migrations: z.array(
          z.strictObject({ version: z.int(), name: z.string(), kind: z.enum(['expand', 'contract']) }),
        ),
        flags: z.array(z.strictObject({ key: z.string(), description: z.string() })),
        authors: z.array(z.string()),
        repository: z.string().nullable(),
      }),
      evidence: z.array(evidenceSchema),
      runsIn: z.array(z.strictObject({ environment: z.string(), isVerified: z.boolean(), since: instant })),
    })
    .openapi('ReleaseDetail'),
  async handle({ service }, { actor, params }) {
    const { release, evidence, runsIn } = await service.release(actor, params.application, params.release);
    const { images, configuration, database, flags, source } = release.content;
    return {
      release: summaryOf(release),
      content: {
        images,
        configuration,
        migrations: (database?.migrations ?? []).map(({ version, name, kind }) => ({ version, name, kind })),
        flags: flags.map(({ key, description }) => ({ key, description })),
        authors: source?.authors ?? [],
        repository: source?.repository ?? null,
      },
      evidence: evidence.map(evidenceJson),
      runsIn,
    };
  },
});

export const judgeRelease = command({
  path: '/api/applications/{application}/releases/{release}/judgement',
  tag: 'Releases',
  name: 'judge release',
  asks: 'mark-bad',
  summary: 'Marks a release bad, so that it is never promoted until it is unmarked, or takes that back.',
  params: releaseParams,
  body: z.strictObject({ judgement: z.enum(['bad', 'not-bad']), reason: sentence }).openapi('Judgement'),
  answer: z.strictObject({ release: releaseSummarySchema }),
  handle: async ({ service }, { actor, params, body }) => ({
    release: summaryOf(
      await service.judgeRelease(actor, { application: params.application, name: params.release, ...body }),
    ),
  }),
});
