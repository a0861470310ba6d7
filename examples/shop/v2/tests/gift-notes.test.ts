import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../platform/reply.ts';
import { orderRoutes } from '../services/orders/order-routes.ts';
import { DatabaseOrderStore } from '../services/orders/order-store.ts';
import { webRoutes } from '../services/web/web-routes.ts';
import { customerToken } from './customer-token.ts';
import { orderParts } from './order-parts.ts';
import { scriptedDatabase } from './scripted-database.ts';
import { serve } from './served.ts';
import { webParts } from './web-parts.ts';

async function order(
  giftNote: unknown,
  flagIsOn: boolean,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const flags = { isOn: (key: string) => key === 'gift-notes' && flagIsOn };
  const service = await serve(orderRoutes(orderParts({ flags })));
  const answer = await fetch(`${service.url}/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await customerToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ lines: [{ sku: 'espresso-cup', quantity: 1 }], giftNote }),
  });
  const body: unknown = await answer.json();
  await service.stop();
  return { status: answer.status, body };
}

await test('an order carries its note while the feature is on', async () => {
  const { status, body } = await order('  For you  ', true);
  assert.equal(status, 201);
  assert.equal((body as { giftNote?: string }).giftNote, 'For you');
});

await test('a note is refused, not dropped, while the feature is off', async () => {
  const { status, body } = await order('For you', false);
  assert.equal(status, 422);
  assert.match(JSON.stringify(body), /does not offer notes yet/);
});

await test('an order without a note is taken whether the feature is on or off', async () => {
  assert.equal((await order(undefined, true)).status, 201);
  assert.equal((await order(undefined, false)).status, 201);
});

await test('the length of a note is counted in characters, not in the halves some of them are stored in', async () => {
  assert.equal((await order('🎁'.repeat(20), true)).status, 201);
  assert.equal((await order('🎁'.repeat(21), true)).status, 422);
  assert.equal((await order('   ', true)).status, 422);
});

await test('a note reaches the database as a value, and an order without one stores nothing', async () => {
  const stored = { id: '6f1c5d3e-0000-4000-8000-000000000001', created_at: new Date(0) };
  const { database, queries } = scriptedDatabase((text) => (text.includes('insert into orders') ? [stored] : []));
  const store = new DatabaseOrderStore(database);
  const priced = { customer: 'ana', currency: 'EUR', shippingMinor: 0, totalMinor: 1, lines: [] };
  await store.add({ ...priced, giftNote: "'); drop table orders; --" });
  await store.add(priced);
  const inserts = queries.filter(({ text }) => text.includes('insert into orders'));
  assert.deepEqual(
    inserts.map(({ values }) => values.at(-1)),
    ["'); drop table orders; --", null],
  );
  assert.equal(inserts[0]?.text, inserts[1]?.text);
});

await test('the page offers a note to those who see the feature', async () => {
  const catalogue = await serve([
    {
      method: 'GET',
      pattern: '/products',
      handle: () =>
        json(200, {
          products: [{ sku: 'espresso-cup', name: 'Cup', description: '', priceMinor: 1_400, currency: 'EUR' }],
        }),
    },
  ]);
  for (const [flagsOn, offered] of [
    [['gift-notes'], true],
    [[], false],
  ] as const) {
    const web = await serve(webRoutes(webParts(catalogue.url, catalogue.url, flagsOn)));
    const page = await (await fetch(web.url)).text();
    assert.equal(/name="giftNote"\s+maxlength="20"/.test(page), offered);
    await web.stop();
  }
  await catalogue.stop();
});
