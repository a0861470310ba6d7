import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../platform/reply.ts';
import { CatalogueClient } from '../services/orders/catalogue-client.ts';
import { serve } from './served.ts';

const list = { products: [{ sku: 'espresso-cup', priceMinor: 1_400 }] };

await test('prices come from the list, so the catalogue is asked once for many orders', async () => {
  let asked = 0;
  const catalogue = await serve([
    {
      method: 'GET',
      pattern: '/products',
      handle: () => {
        asked += 1;
        return json(200, list);
      },
    },
  ]);
  const client = new CatalogueClient(catalogue.url);
  const prices = await Promise.all(Array.from({ length: 20 }, () => client.priceOf('espresso-cup')));
  assert.ok(prices.every((price) => price === 1_400));
  assert.equal(asked, 1);
  assert.equal(await client.priceOf('teapot'), undefined);
  await catalogue.stop();
  assert.equal(await client.priceOf('espresso-cup'), 1_400, 'the list is used while the catalogue is away');
});

await test('until the list was read once, a catalogue that is away or fails is 503 and no price', async () => {
  const catalogue = await serve([]);
  const client = new CatalogueClient(catalogue.url);
  await assert.rejects(client.priceOf('espresso-cup'), { status: 503 });
  await catalogue.stop();
  await assert.rejects(client.priceOf('espresso-cup'), { status: 503 });
});

await test('health follows the readiness of the catalogue', async () => {
  const catalogue = await serve([{ method: 'GET', pattern: '/readyz', handle: () => json(503, {}) }]);
  const [reachable, connections] = new CatalogueClient(catalogue.url).checks();
  assert.deepEqual(await reachable?.run(), { isHealthy: false, message: 'answered 503 to /readyz' });
  assert.equal((await connections?.run())?.isHealthy, true);
  await catalogue.stop();
});
