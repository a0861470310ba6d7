import { randomUUID } from 'node:crypto';
import { AccessTokens } from '../services/orders/access-token.ts';
import type { Order } from '../services/orders/order.ts';
import type { OrderParts } from '../services/orders/order-routes.ts';
import type { OrderStore } from '../services/orders/order-store.ts';
import type { OrderSettings } from '../services/orders/settings.ts';

export const secret = 'a secret for tests, 32 characters or more';

export const settings: OrderSettings = {
  currency: 'EUR',
  maximumQuantity: 10,
  shippingMinor: 500,
  freeShippingFromMinor: 5_000,
  giftNoteMaximumLength: 20,
};

/** Keeps orders in memory. */
export function memoryOrders(): OrderStore {
  const orders: Order[] = [];
  return {
    add: async (order) => {
      const stored: Order = { ...order, id: randomUUID(), createdAt: new Date() };
      orders.unshift(stored);
      return stored;
    },
    list: async (customer, limit) => orders.filter((order) => order.customer === customer).slice(0, limit),
    find: async (customer, id) => orders.find((order) => order.customer === customer && order.id === id),
    count: async () => orders.length,
  };
}

const prices = new Map([
  ['espresso-cup', 1_400],
  ['hand-grinder', 11_900],
]);

export function orderParts(overrides: Partial<OrderParts> = {}): OrderParts {
  return {
    tokens: new AccessTokens(secret),
    orders: memoryOrders(),
    prices: { priceOf: async (sku) => prices.get(sku) },
    settings,
    flags: { isOn: () => false },
    ...overrides,
  };
}
