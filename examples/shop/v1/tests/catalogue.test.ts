import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueRoutes } from '../services/catalogue/catalogue-routes.ts';
import { DatabaseProductStore } from '../services/catalogue/product-store.ts';
import type { Product } from '../services/catalogue/product-store.ts';
import { scriptedDatabase } from './scripted-database.ts';
import { serve } from './served.ts';

const cup: Product = { sku: 'espresso-cup', name: 'Espresso cup', description: 'Stoneware.', priceMinor: 1400 };

await test('products carry the currency of the environment, and the list an ETag that stays while it does', async () => {
  const { database } = scriptedDatabase(() => [cup]);
  const service = await serve(catalogueRoutes(new DatabaseProductStore(database), 'EUR'));
  const first = await fetch(`${service.url}/products`);
  assert.deepEqual(await first.json(), { products: [{ ...cup, currency: 'EUR' }] });
  const second = await fetch(`${service.url}/products`);
  assert.equal(second.headers.get('etag'), first.headers.get('etag'));
  assert.match(first.headers.get('etag') ?? '', /^"[\w-]{22}"$/);
  await service.stop();
});

await test('one product is found by its SKU, which never becomes part of the statement', async () => {
  const { database, queries } = scriptedDatabase((_, [sku]) => (sku === cup.sku ? [cup] : []));
  const service = await serve(catalogueRoutes(new DatabaseProductStore(database), 'EUR'));
  assert.equal((await fetch(`${service.url}/products/espresso-cup`)).status, 200);
  const hostile = "x' or '1'='1";
  assert.equal((await fetch(`${service.url}/products/${encodeURIComponent(hostile)}`)).status, 404);
  assert.deepEqual(queries.at(-1)?.values, [hostile]);
  assert.ok(!queries.at(-1)?.text.includes(hostile));
  await service.stop();
});
