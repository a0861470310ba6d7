import { z } from '@hono/zod-openapi';
import { addedEvidenceJson } from '../../../cli/json/evidence-json.ts';
import { evidenceFormats, testSuites } from '../../../engine/promotion-service.ts';
import { command } from '../endpoint/endpoint.ts';
import { evidenceSchema } from '../shapes/evidence.ts';
import { askedInstant } from '../shapes/instant.ts';
import { sentence, word } from '../shapes/names.ts';
import { imageName, sentContentSchema } from '../shapes/release-content.ts';
import { releaseSummarySchema, summaryOf } from '../shapes/release.ts';

const application = word.openapi({ param: { name: 'application', in: 'path' } });

export const createRelease = command({
  path: '/api/applications/{application}/releases',
  tag: 'Releases',
  name: 'create release',
  asks: 'create-release',
  summary:
    'Stores a release, which never changes from then on; the same content under the same name is the same release.',
  status: 201,
  bodyBytes: 4 * 1024 * 1024,
  params: z.object({ application }),
  body: z.strictObject({ name: word, content: sentContentSchema }).openapi('ReleaseToCreate'),
  answer: z.strictObject({ release: releaseSummarySchema }),
  handle: async ({ service }, { actor, params, body }) => ({
    release: summaryOf(await service.createRelease(actor, { ...params, ...body }, [])),
  }),
});

/** How long registries may take. */
const patienceMs = 120_000;

const migrationFile = z.strictObject({
  name: z.string().min(1).max(200).openapi({ example: '003_add_price.up.sql' }),
  sql: z.string().max(1_000_000),
});

export const assembleRelease = command({
  path: '/api/applications/{application}/releases/assembly',
  tag: 'Releases',
  name: 'assemble release',
  asks: 'create-release',
  summary:
    'Makes a release of the newest images whose tags match, one for every service, and only when none is missing.',
  status: 201,
  bodyBytes: 4 * 1024 * 1024,
  params: z.object({ application }),
  body: z
    .strictObject({
      name: word,
      from: word.openapi({ description: 'The environment whose registry holds the images, by name or alias.' }),
      tag: word.openapi({ description: 'Which tags are meant; `*` stands for anything.' }),
      images: z
        .record(z.string().min(1).max(200), imageName)
        .optional()
        .openapi({ description: 'Names of images by service, where they are not `<application>-<service>`.' }),
      like: word.optional().openapi({ description: 'An earlier release that gives what is not said here.' }),
      migrations: z
        .array(migrationFile)
        .max(1000)
        .optional()
        .openapi({ description: 'Files called `NNN_name.up.sql` and `NNN_name.down.sql`, all of them.' }),
    })
    .openapi('AssemblyRequest'),
  answer: z
    .strictObject({
      release: releaseSummarySchema,
      images: z.array(z.strictObject({ service: z.string(), image: z.string(), tag: z.string(), digest: z.string() })),
    })
    .openapi('Assembly'),
  problems: ['requirements-not-met', 'rules-wrong'],
  async handle({ service }, { actor, params, body, signal }) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const { release, images } = await service.assembleRelease(actor, { ...params, ...body }, patience);
    return { release: summaryOf(release), images };
  },
});

/** Reports of big test suites and scanners; what is larger is added by the command line, which reads it as a stream. */
const mostReportCharacters = 16 * 1024 * 1024;

export const addEvidence = command({
  path: '/api/applications/{application}/releases/{release}/evidence',
  tag: 'Releases',
  name: 'add evidence',
  asks: 'add-evidence',
  summary: 'Reads a tool’s own report and records its facts about a release; the same report again changes nothing.',
  status: 201,
  bodyBytes: 2 * mostReportCharacters,
  params: z.object({ application, release: word.openapi({ param: { name: 'release', in: 'path' } }) }),
  body: z
    .strictObject({
      report: z.string().min(1).max(mostReportCharacters).openapi({ description: 'The report as the tool wrote it.' }),
      source: sentence.openapi({ description: 'What produced it: a command, a CI run.' }),
      format: z.enum(evidenceFormats).optional().openapi({ description: 'Default: recognised by how it begins.' }),
      suite: z.enum(testSuites).optional().openapi({ description: 'Which tests a test report is of. Default: unit.' }),
      phase: z
        .enum(['before', 'after'])
        .optional()
        .openapi({ description: 'When load was put on, seen from the deployment. Default: before.' }),
      commit: z
        .string()
        .regex(/^[0-9a-f]{7,64}$/)
        .optional()
        .openapi({ description: 'The source commit that it was made from.' }),
      collectedAt: askedInstant
        .optional()
        .openapi({ description: 'When it was made. Default: what it says, else now.' }),
    })
    .openapi('EvidenceSubmission'),
  answer: z
    .strictObject({
      application: z.string(),
      release: z.string(),
      format: z.enum(evidenceFormats),
      isKnown: z.boolean().openapi({ description: 'Whether all of it was stored before.' }),
      evidence: z.array(evidenceSchema),
    })
    .openapi('AddedEvidence'),
  async handle({ service }, { actor, params, body: { report, ...about } }) {
    const added = await service.addEvidence(actor, { ...params, ...about, content: bytesOf(report) });
    return addedEvidenceJson(added);
  },
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode(text);
}
