import { z } from '@hono/zod-openapi';
import { instant } from './instant.ts';

export const evidenceSchema = z
  .strictObject({
    id: z.string(),
    collectedAt: instant,
    source: z.string(),
    sourceCommit: z.string().nullable(),
    fact: z.looseObject({ kind: z.string() }),
  })
  .openapi('Evidence', { description: 'A fact about a release, by its digest.' });
