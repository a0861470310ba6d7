import { z } from 'zod';

/** The variable in which a slot worker finds its orders. */
export const slotOrdersVariable = 'CHAOS_SLOT_ORDERS';

export const slotOrdersSchema = z.strictObject({
  databaseUrl: z.string(),
  /** Where the witnesses' files are. */
  folder: z.string(),
  owner: z.string(),
  leaseSeconds: z.number().positive(),
  concurrency: z.int().positive(),
});
export type SlotOrders = z.infer<typeof slotOrdersSchema>;
