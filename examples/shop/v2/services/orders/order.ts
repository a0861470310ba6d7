import * as z from 'zod';

const line = z.strictObject({
  sku: z.string().min(1).max(64),
  quantity: z.int().positive().max(1_000),
});

/** What a customer asks for. Unknown fields are refused: leaving one out in silence would lose a customer's wish. */
export const orderRequest = z.strictObject({
  lines: z.array(line).min(1).max(50),
  /** Its length is limited by the settings. */
  giftNote: z.string().trim().min(1).optional(),
});
export type OrderRequest = z.infer<typeof orderRequest>;

export interface PricedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

/** An order that has its prices and is not stored yet. */
export interface PricedOrder {
  readonly customer: string;
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly shippingMinor: number;
  readonly totalMinor: number;
  readonly giftNote?: string | undefined;
}

export interface Order extends PricedOrder {
  readonly id: string;
  readonly createdAt: Date;
}
