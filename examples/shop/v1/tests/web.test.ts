import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../platform/reply.ts';
import type { Route } from '../platform/route.ts';
import { orderRoutes } from '../services/orders/order-routes.ts';
import { html } from '../services/web/html.ts';
import { formatAmount } from '../services/web/shop-page.ts';
import { visitorOf } from '../services/web/visitor.ts';
import { webRoutes } from '../services/web/web-routes.ts';
import { customerToken } from './customer-token.ts';
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

async function startShop(flagsOn: readonly string[] = []): Promise<{
  readonly url: string;
  readonly stopOrders: () => Promise<unknown>;
  readonly stopCatalogue: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}> {
  const catalogue = await serve([products]);
  const orders = await serve(orderRoutes(orderParts()));
  const web = await serve(webRoutes(webParts(catalogue.url, orders.url, flagsOn)));
  return {
    url: web.url,
    stopOrders: () => orders.stop(),
    stopCatalogue: () => catalogue.stop(),
    stop: () => Promise.allSettled([web.stop(), orders.stop(), catalogue.stop()]),
  };
}

const order = JSON.stringify({ lines: [{ sku: 'espresso-cup', quantity: 2 }] });
const postOrder = (url: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}/api/orders`, {
    method: 'POST',
    body: order,
    headers: { 'content-type': 'application/json', ...headers },
  });

await test('what is put into HTML is escaped, unless it is HTML', () => {
  const part = html`<b>${'<&>'}</b>`;
  assert.equal(
    html`<p title="${`"'`}">${[part, part]}${1}</p>`.source,
    '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>1</p>',
  );
});

await test('amounts are shown in their currency', () => {
  assert.equal(formatAmount(1_905, 'EUR'), '€19.05');
});

await test('a visitor is known by a cookie that is a UUID, and by nothing else', () => {
  const visitor = '6f1c5d3e-0000-4000-8000-000000000001';
  assert.equal(visitorOf({ cookie: `a=b; shop_visitor=${visitor}` }), visitor);
  assert.equal(visitorOf({ cookie: 'shop_visitor=ana' }), undefined);
  assert.equal(visitorOf({}), undefined);
});

await test('the page lists the products, escaped, and names its release', async () => {
  const shop = await startShop();
  const answer = await fetch(shop.url);
  const page = await answer.text();
  assert.equal(answer.status, 200);
  assert.match(page, /&lt;Cup&gt; &amp; &quot;saucer&quot;/);
  assert.match(page, /€14\.00/);
  assert.match(page, /Release v1/);
  assert.match(page, /Nothing is sent\./);
  assert.doesNotMatch(page, /Your orders/);
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  await shop.stop();
});

await test('a visitor orders through the pass-through and sees the order when the feature is on', async () => {
  const shop = await startShop(['order-history']);
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
  await shop.stop();
});

await test('the pass-through hands on a token of the caller, whatever comes of it', async () => {
  const shop = await startShop();
  assert.equal((await postOrder(shop.url, { authorization: `Bearer ${await customerToken()}` })).status, 201);
  assert.equal((await postOrder(shop.url, { authorization: 'Bearer forged' })).status, 401);
  assert.equal((await postOrder(shop.url, {})).status, 401);
  await shop.stop();
});

await test('the page is shown without orders while the orders API is away, and ordering says so', async () => {
  const shop = await startShop(['order-history']);
  await shop.stopOrders();
  const answer = await fetch(shop.url);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /cannot be shown at the moment/);
  assert.equal((await postOrder(shop.url, { authorization: 'Bearer a.b.c' })).status, 503);
  await shop.stop();
});

await test('without the catalogue there is no shop', async () => {
  const shop = await startShop();
  await shop.stopCatalogue();
  assert.equal((await fetch(shop.url)).status, 503);
  await shop.stop();
});

await test('the script that the page asks for is there', async () => {
  const shop = await startShop();
  const answer = await fetch(`${shop.url}/shop.js`);
  assert.match(answer.headers.get('content-type') ?? '', /javascript/);
  assert.match(await answer.text(), /\/api\/orders/);
  await shop.stop();
});
