import { z } from '@hono/zod-openapi';
import type { ZodType } from 'zod';
import { ProblemError } from '../problems/problem.ts';

const mostOnAPage = 200;

/** What every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(mostOnAPage).default(50).openapi({ description: 'How many at most.' }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,400}$/)
    .optional()
    .openapi({ description: 'The `next` of the page before.' }),
};

/** A list of which this is a part. */
export function pageOf<Item extends ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'The cursor of the next page; null where this one is the last.' }),
  });
}

/** A place in a list as others keep it: they need not know what it is made of. */
export function cursorOf(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws ProblemError for what is no cursor of this list. */
export function placeOf<Place>(cursor: string | undefined, schema: ZodType<Place>): Place | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(readJson(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid-request', 'the cursor is none of this list', {
    remedy: 'begin without one',
    errors: [{ in: 'query', at: '/cursor', message: 'is no cursor of this list' }],
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const momentText = z.iso.datetime();

/** Where lists that are by time go on: behind a moment and the id of what was there. */
export const momentPlace = z
  .tuple([momentText, z.string().min(1).max(100)])
  .transform(([at, id]) => ({ at: new Date(at), id }));
