import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderRoutes } from '../services/orders/order-routes.ts';
import type { OrderParts } from '../services/orders/order-routes.ts';
import { DatabaseOrderStore } from '../services/orders/order-store.ts';
import { priceOrder } from '../services/orders/pricing.ts';
import { customerToken } from './customer-token.ts';
import { orderParts, settings } from './order-parts.ts';
import { scriptedDatabase } from './scripted-database.ts';
import { serve } from './served.ts';

const { prices } = orderParts();
const oneCup = { lines: [{ sku: 'espresso-cup', quantity: 1 }] };

async function ordersApi(parts?: Partial<OrderParts>): Promise<{
  readonly get: (path: string, token?: string) => Promise<Response>;
  readonly post: (body: unknown, token?: string) => Promise<Response>;
  readonly stop: () => Promise<boolean>;
}> {
  const service = await serve(orderRoutes(orderParts(parts)));
  const token = await customerToken();
  const send = (path: string, bearer: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    });
  return {
    get: (path, bearer = token) => send(path, bearer),
    post: (body, bearer = token) => send('/orders', bearer, { method: 'POST', body: JSON.stringify(body) }),
    stop: () => service.stop(),
  };
}

await test('an order costs its goods and the shipping', async () => {
  const price = await priceOrder({ lines: [{ sku: 'espresso-cup', quantity: 2 }] }, prices, settings, 'r');
  assert.deepEqual(price, {
    lines: [{ sku: 'espresso-cup', quantity: 2, unitPriceMinor: 1_400 }],
    shippingMinor: 500,
    totalMinor: 3_300,
  });
});

await test('goods worth enough are sent for free', async () => {
  const price = await priceOrder({ lines: [{ sku: 'hand-grinder', quantity: 1 }] }, prices, settings, 'r');
  assert.equal(price.shippingMinor, 0);
  assert.equal(price.totalMinor, 11_900);
});

await test('lines of the same product are one, so its limit cannot be passed by splitting', async () => {
  const half = { sku: 'espresso-cup', quantity: 6 };
  await assert.rejects(priceOrder({ lines: [half, half] }, prices, settings, 'r'), /At most 10 of espresso-cup/);
});

await test('an order is answered with 201, its price and its place, and can be read there', async () => {
  const api = await ordersApi();
  const answer = await api.post(oneCup);
  assert.equal(answer.status, 201);
  const order = (await answer.json()) as { id: string; totalMinor: number };
  assert.equal(order.totalMinor, 1_900);
  const found = await api.get(answer.headers.get('location') ?? '');
  assert.deepEqual(await found.json(), order);
  assert.deepEqual(await (await api.get('/orders')).json(), { orders: [order] });
  assert.deepEqual(await (await api.get('/orders/count')).json(), { count: 1 });
  await api.stop();
});

await test("nobody reads somebody else's orders", async () => {
  const api = await ordersApi();
  const { id } = (await (await api.post(oneCup)).json()) as { id: string };
  const bob = await customerToken({ sub: 'bob' });
  assert.equal((await api.get(`/orders/${id}`, bob)).status, 404);
  assert.deepEqual(await (await api.get('/orders', bob)).json(), { orders: [] });
  await api.stop();
});

await test('without a token nothing is answered', async () => {
  const api = await ordersApi();
  const answers = await Promise.all([
    api.post(oneCup, 'x'),
    ...['/orders', '/orders/count', '/orders/1'].map((path) => api.get(path, 'x')),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 401, 401, 401],
  );
  await api.stop();
});

const wrong: Readonly<Record<string, unknown>> = {
  'without lines': {},
  'with no line': { lines: [] },
  'of nothing': { lines: [{ sku: 'espresso-cup', quantity: 0 }] },
  'of half a piece': { lines: [{ sku: 'espresso-cup', quantity: 0.5 }] },
  'of less than nothing': { lines: [{ sku: 'espresso-cup', quantity: -1 }] },
  'with a field that this release does not know': { ...oneCup, voucher: 'FREE' },
  'that brings its own price': { lines: [{ sku: 'espresso-cup', quantity: 1, unitPriceMinor: 1 }] },
  'of a product that does not exist': { lines: [{ sku: 'teapot', quantity: 1 }] },
  'that is a list': [],
};
for (const [what, body] of Object.entries(wrong)) {
  await test(`an order ${what} is refused with 422`, async () => {
    const api = await ordersApi();
    const answer = await api.post(body);
    assert.equal(answer.status, 422);
    assert.deepEqual(await (await api.get('/orders/count')).json(), { count: 0 });
    await api.stop();
  });
}

await test('a limit outside 1 to 100 and an id that is none are refused', async () => {
  const api = await ordersApi();
  assert.equal((await api.get('/orders?limit=101')).status, 422);
  assert.equal((await api.get('/orders?limit=x')).status, 422);
  assert.equal((await api.get('/orders/not-an-id')).status, 404);
  await api.stop();
});

await test('while the database is away an order is not acknowledged', async () => {
  const { orders } = orderParts();
  const api = await ordersApi({ orders: { ...orders, add: () => Promise.reject(new Error('connection refused')) } });
  const answer = await api.post(oneCup);
  assert.equal(answer.status, 503);
  assert.doesNotMatch(await answer.text(), /refused/);
  await api.stop();
});

const row = {
  id: '6f1c5d3e-0000-4000-8000-000000000001',
  customer: "ana' --",
  currency: 'EUR',
  shipping_minor: '500',
  total_minor: '1900',
  created_at: new Date(0),
  lines: [{ sku: 'espresso-cup', quantity: 1, unitPriceMinor: 1_400 }],
};
const priced = {
  customer: "ana' --",
  currency: 'EUR',
  shippingMinor: 500,
  totalMinor: 1_900,
  lines: row.lines,
};

await test('an order and its lines are stored in one transaction, and nothing given becomes SQL', async () => {
  const { database, queries, releases } = scriptedDatabase((text) =>
    text.includes('insert into orders') ? [row] : [],
  );
  const order = await new DatabaseOrderStore(database).add(priced);
  assert.deepEqual(order, { ...priced, id: row.id, createdAt: row.created_at });
  assert.equal(queries[0]?.text, 'begin');
  assert.equal(queries.at(-1)?.text, 'commit');
  assert.ok(queries.every(({ text }) => !text.includes("ana'")));
  assert.deepEqual(releases, [undefined]);
});

await test('an order whose lines cannot be stored is taken back, and its connection goes back to the pool', async () => {
  const { database, queries, releases } = scriptedDatabase((text) => {
    if (text.includes('order_lines')) throw new Error('disk full');
    return text.includes('insert into orders') ? [row] : [];
  });
  await assert.rejects(new DatabaseOrderStore(database).add(priced), /disk full/);
  assert.equal(queries.at(-1)?.text, 'rollback');
  assert.deepEqual(releases, [undefined]);
});

await test('a connection that cannot even roll back is thrown away', async () => {
  const { database, releases } = scriptedDatabase((text) => {
    if (text === 'begin') return [];
    throw new Error('connection lost');
  });
  await assert.rejects(new DatabaseOrderStore(database).add(priced), /connection lost/);
  assert.match(String(releases[0]), /connection lost/);
});

await test('stored orders are read with numbers as numbers', async () => {
  const { database } = scriptedDatabase((text) => (text.includes('count(*)') ? [{ count: '7' }] : [row]));
  const store = new DatabaseOrderStore(database);
  const [order] = await store.list('ana', 5);
  assert.equal(order?.totalMinor, 1_900);
  assert.equal((await store.find('ana', row.id))?.shippingMinor, 500);
  assert.equal(await store.count(), 7);
});
