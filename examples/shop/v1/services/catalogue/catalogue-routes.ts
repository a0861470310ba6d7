import { createHash } from 'node:crypto';
import { RequestProblem, json } from '../../platform/reply.ts';
import type { Route } from '../../platform/route.ts';
import type { Product, ProductStore } from './product-store.ts';

const present = (product: Product, currency: string): Product & { readonly currency: string } => ({
  ...product,
  currency,
});

const etagOf = (value: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)}"`;

export function catalogueRoutes(products: ProductStore, currency: string): readonly Route[] {
  return [
    {
      method: 'GET',
      pattern: '/products',
      handle: async () => {
        const list = { products: (await products.list()).map((product) => present(product, currency)) };
        return json(200, list, { etag: etagOf(list) });
      },
    },
    {
      method: 'GET',
      pattern: '/products/:sku',
      handle: async ({ parameters }) => {
        const sku = parameters['sku'] ?? '';
        const product = await products.find(sku);
        if (product === undefined)
          throw new RequestProblem(404, `The catalogue has no product ${JSON.stringify(sku)}.`);
        return json(200, present(product, currency));
      },
    },
  ];
}
