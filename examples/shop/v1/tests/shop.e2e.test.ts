import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postOrder, startShop } from './running-shop.ts';

await test('a visitor orders through the pass-through and sees the order when the feature is on', async (t) => {
  const shop = await startShop(t, ['order-history']);
  const first = await fetch(shop.url);
  assert.match(await first.text(), /None yet/);
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const answer = await postOrder(shop.url, { cookie });
  assert.equal(answer.status, 201);
  const { id } = (await answer.json()) as { id: string };
  assert.ok((await (await fetch(shop.url, { headers: { cookie } })).text()).includes(id));
  const listed = await fetch(`${shop.url}/api/orders?limit=1`, { headers: { cookie } });
  assert.ok((await listed.text()).includes(id));
  assert.ok(!(await (await fetch(shop.url)).text()).includes(id), 'another visitor sees the order');
});
