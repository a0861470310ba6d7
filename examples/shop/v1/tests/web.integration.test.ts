import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerToken } from './customer-token.ts';
import { postOrder, startShop } from './running-shop.ts';

await test('the page lists the products, escaped, and names its release', async (t) => {
  const shop = await startShop(t);
  const answer = await fetch(shop.url);
  const page = await answer.text();
  assert.equal(answer.status, 200);
  assert.match(page, /&lt;Cup&gt; &amp; &quot;saucer&quot;/);
  assert.match(page, /€14\.00/);
  assert.match(page, /Release v1/);
  assert.match(page, /Nothing is sent\./);
  assert.doesNotMatch(page, /Your orders/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
});

await test('the pass-through hands on a token of the caller, whatever comes of it', async (t) => {
  const shop = await startShop(t);
  assert.equal((await postOrder(shop.url, { authorization: `Bearer ${await customerToken()}` })).status, 201);
  assert.equal((await postOrder(shop.url, { authorization: 'Bearer forged' })).status, 401);
  assert.equal((await postOrder(shop.url, {})).status, 401);
});

await test('the page is shown without orders while the orders API is away, and ordering says so', async (t) => {
  const shop = await startShop(t, ['order-history']);
  await shop.stopOrders();
  const answer = await fetch(shop.url);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /cannot be shown at the moment/);
  assert.equal((await postOrder(shop.url, { authorization: 'Bearer a.b.c' })).status, 503);
});

await test('without the catalogue there is no shop', async (t) => {
  const shop = await startShop(t);
  await shop.stopCatalogue();
  assert.equal((await fetch(shop.url)).status, 503);
});

await test('the script that the page asks for is there', async (t) => {
  const shop = await startShop(t);
  const answer = await fetch(`${shop.url}/shop.js`);
  assert.match(answer.headers.get('content-type') ?? '', /javascript/);
  assert.match(await answer.text(), /\/api\/orders/);
});
