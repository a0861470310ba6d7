import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { json } from '../platform/reply.ts';
import { customerToken } from './customer-token.ts';
import { order, startShop } from './running-shop.ts';
import { serve } from './served.ts';

/**
 * How many times what an answer without any work takes on the same machine at the same time. Seconds would measure the
 * machine and what else it does; those that customers are promised are the rules' gate on response times, where it runs.
 */
const mostTimesBare = 100;
const atOnce = 10;
const rounds = 7;

/** How long some requests take that are sent at once, each of which must be answered well. */
async function roundMs(send: () => Promise<Response>): Promise<number> {
  const since = performance.now();
  const requests = Array.from({ length: atOnce }, async () => {
    const answer = await send();
    await answer.text();
    assert.ok(answer.ok, `answered ${String(answer.status)}`);
  });
  await Promise.all(requests);
  return performance.now() - since;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Rounds of both in turn, so that what the machine does meanwhile slows both; the first ones warm up and do not count. */
async function timesBare(send: () => Promise<Response>, sendBare: () => Promise<Response>): Promise<number> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const took = [await roundMs(sendBare), await roundMs(send)] as const;
    if (round === 0) continue;
    bare.push(took[0]);
    ours.push(took[1]);
  }
  return median(ours) / median(bare);
}

/** Measured a second time before it counts: a machine may stop for a moment. */
async function requireQuick(t: TestContext, send: () => Promise<Response>): Promise<void> {
  const bare = await serve([{ method: 'GET', pattern: '/', handle: () => json(200, {}) }]);
  t.after(() => bare.stop());
  const sendBare = (): Promise<Response> => fetch(bare.url);
  const first = await timesBare(send, sendBare);
  const times = first <= mostTimesBare ? first : await timesBare(send, sendBare);
  t.diagnostic(`${times.toFixed(1)} times an answer without work`);
  assert.ok(times <= mostTimesBare, `it takes ${times.toFixed(0)} times as long as an answer without work`);
}

await test('orders are taken quickly while others order too', async (t) => {
  const shop = await startShop(t);
  const headers = { authorization: `Bearer ${await customerToken()}`, 'content-type': 'application/json' };
  await requireQuick(t, () => fetch(`${shop.ordersUrl}/orders`, { method: 'POST', body: order, headers }));
});

await test('the page is there quickly while others look at it too', async (t) => {
  const shop = await startShop(t, ['order-history']);
  await requireQuick(t, () => fetch(shop.url));
});
