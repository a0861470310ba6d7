import type { TestContext } from 'node:test';
import { json } from '../platform/reply.ts';
import type { Route } from '../platform/route.ts';
import { orderRoutes } from '../services/orders/order-routes.ts';
import { webRoutes } from '../services/web/web-routes.ts';
import { orderParts } from './order-parts.ts';
import { serve } from './served.ts';
import { webParts } from './web-parts.ts';

const products: Route = {
  method: 'GET',
  pattern: '/products',
  handle: () =>
    json(200, {
      products: [
        { sku: 'espresso-cup', name: '<Cup> & "saucer"', description: "It's", priceMinor: 1_400, currency: 'EUR' },
      ],
    }),
};

export interface RunningShop {
  readonly url: string;
  readonly ordersUrl: string;
  readonly stopOrders: () => Promise<unknown>;
  readonly stopCatalogue: () => Promise<unknown>;
}

/**
 * The three services' routes, each on a port of its own, which call each other as they do anywhere. They end with the test,
 * however it ends: what still listens would keep the tests' process alive for good.
 */
export async function startShop(t: TestContext, flagsOn: readonly string[] = []): Promise<RunningShop> {
  const catalogue = await serve([products]);
  const orders = await serve(orderRoutes(orderParts()));
  const web = await serve(webRoutes(webParts(catalogue.url, orders.url, flagsOn)));
  t.after(() => Promise.allSettled([web.stop(), orders.stop(), catalogue.stop()]));
  return {
    url: web.url,
    ordersUrl: orders.url,
    stopOrders: () => orders.stop(),
    stopCatalogue: () => catalogue.stop(),
  };
}

export const order = JSON.stringify({ lines: [{ sku: 'espresso-cup', quantity: 2 }] });

export function postOrder(url: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${url}/api/orders`, {
    method: 'POST',
    body: order,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
