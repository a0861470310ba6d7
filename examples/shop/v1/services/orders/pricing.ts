import { RequestProblem } from '../../platform/reply.ts';
import type { OrderRequest, PricedLine } from './order.ts';
import type { OrderSettings } from './settings.ts';

export interface PriceList {
  /** In the smallest unit of the currency; undefined when the catalogue has no such product. */
  priceOf(sku: string, requestId: string): Promise<number | undefined>;
}

export interface Price {
  readonly lines: readonly PricedLine[];
  readonly shippingMinor: number;
  readonly totalMinor: number;
}

/** Adds up lines of the same product, so that a limit per product cannot be passed by splitting it. */
function mergeLines(lines: OrderRequest['lines']): ReadonlyMap<string, number> {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return quantities;
}

/** @throws RequestProblem 422 for a product that does not exist or more pieces than the shop sells at once. */
export async function priceOrder(
  request: OrderRequest,
  prices: PriceList,
  settings: OrderSettings,
  requestId: string,
): Promise<Price> {
  const quantities = mergeLines(request.lines);
  for (const [sku, quantity] of quantities) {
    if (quantity > settings.maximumQuantity) {
      throw new RequestProblem(422, `At most ${String(settings.maximumQuantity)} of ${sku} fit in one order.`);
    }
  }
  const lines = await Promise.all(
    [...quantities].map(async ([sku, quantity]) => {
      const unitPriceMinor = await prices.priceOf(sku, requestId);
      if (unitPriceMinor === undefined) {
        throw new RequestProblem(422, `The catalogue has no product ${JSON.stringify(sku)}.`);
      }
      return { sku, quantity, unitPriceMinor };
    }),
  );
  const goodsMinor = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const shippingMinor = goodsMinor >= settings.freeShippingFromMinor ? 0 : settings.shippingMinor;
  return { lines, shippingMinor, totalMinor: goodsMinor + shippingMinor };
}
