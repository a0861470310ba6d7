import { z } from '@hono/zod-openapi';
import type { ZodType } from 'zod';

/** A word of a query that may be given several times. */
export function severally<Value extends ZodType>(value: Value) {
  return z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).optional(),
  );
}
