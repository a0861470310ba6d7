import * as z from 'zod';

const amountMinor = z.int().nonnegative();

/** What this service reads of the environment's values. */
export const orderSettings = {
  /** ISO 4217. */
  currency: z.string().length(3),
  /** Pieces of one product in one order. */
  maximumQuantity: z.int().positive(),
  /** In the smallest unit of the currency, as all amounts. */
  shippingMinor: amountMinor,
  /** Goods worth this much are sent for free. */
  freeShippingFromMinor: amountMinor,
};
export type OrderSettings = z.output<z.ZodObject<typeof orderSettings>>;
