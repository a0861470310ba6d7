import { z } from '@hono/zod-openapi';
import type { Release } from '../../../engine/promotion-service.ts';
import { instant } from './instant.ts';

export const badMarkSchema = z
  .strictObject({ since: instant, reason: z.string(), by: z.string() })
  .openapi('BadMark', { description: 'A release that is marked bad is never promoted.' });

/** A release in a list: without its content, which can be long. */
export const releaseSummarySchema = z
  .strictObject({
    application: z.string(),
    name: z.string(),
    digest: z.string(),
    createdAt: instant,
    createdBy: z.string(),
    bad: badMarkSchema.or(z.null()),
    images: z.int().openapi({ description: 'How many it has.' }),
    migrations: z.int(),
    commit: z.string().nullable(),
  })
  .openapi('ReleaseSummary');

export function summaryOf(release: Release) {
  const { name, digest, createdAt, createdBy, bad, content } = release;
  return {
    application: release.application,
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
