import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../platform/reply.ts';
import { CatalogueClient } from '../services/orders/catalogue-client.ts';
import { serve } from './served.ts';

await test('the price is what the catalogue says now', async () => {
  let priceMinor = 1_400;
  const catalogue = await serve([
    { method: 'GET', pattern: '/products/:sku', handle: () => json(200, { sku: 'espresso-cup', priceMinor }) },
  ]);
  const client = new CatalogueClient(catalogue.url);
  assert.equal(await client.priceOf('espresso-cup', 'r'), 1_400);
  priceMinor = 1_500;
  assert.equal(await client.priceOf('espresso-cup', 'r'), 1_500);
  await catalogue.stop();
});

await test('a product that the catalogue does not have has no price', async () => {
  const catalogue = await serve([]);
  assert.equal(await new CatalogueClient(catalogue.url).priceOf('teapot', 'r'), undefined);
  await catalogue.stop();
});

await test('a catalogue that is away, fails or talks nonsense is 503 and no price', async () => {
  const catalogue = await serve([
    { method: 'GET', pattern: '/products/:sku', handle: () => json(200, { priceMinor: 'free' }) },
  ]);
  const client = new CatalogueClient(catalogue.url);
  await assert.rejects(client.priceOf('espresso-cup', 'r'), { status: 503 });
  await catalogue.stop();
  await assert.rejects(client.priceOf('espresso-cup', 'r'), { status: 503 });
});

await test('health follows the readiness of the catalogue', async () => {
  let status = 200;
  const catalogue = await serve([{ method: 'GET', pattern: '/readyz', handle: () => json(status, {}) }]);
  const [check] = new CatalogueClient(catalogue.url).checks();
  assert.equal((await check?.run())?.isHealthy, true);
  status = 503;
  assert.deepEqual(await check?.run(), { isHealthy: false, message: 'answered 503 to /readyz' });
  await catalogue.stop();
});
