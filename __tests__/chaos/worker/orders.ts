import { z } from 'zod';
import { wholeLines } from '../witnesses/whole-lines.ts';
import { killPointSchema } from './kill-point.ts';

/** The variable in which a chaos worker finds its orders. */
export const ordersVariable = 'CHAOS_ORDERS';

/** What a chaos worker is to do, and where it is to be cut off. */
export const ordersSchema = z.strictObject({
  home: z.string(),
  databaseUrl: z.string(),
  functionUrl: z.string(),
  promotionId: z.string(),
  owner: z.string(),
  leaseSeconds: z.number().positive(),
  /** Every point that is reached becomes a line of this file. */
  traceFile: z.string(),
  halt: z
    .strictObject({
      point: killPointSchema,
      signal: z.enum(['SIGKILL', 'SIGSTOP']),
      /** How long after the effect was begun; only for the moment `during`. */
      delayMs: z.number().nonnegative(),
    })
    .optional(),
});
export type Orders = z.infer<typeof ordersSchema>;

const tracedSchema = z.strictObject({
  place: z.string(),
  moment: z.enum(['before', 'after', 'halted']),
  /** How long the effect took; with the moment `after`. */
  tookMs: z.number().optional(),
});
export type Traced = z.infer<typeof tracedSchema>;

export function readTrace(text: string): readonly Traced[] {
  return wholeLines(text).map((line) => tracedSchema.parse(JSON.parse(line)));
}
