import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findMissingOrders } from '../../../examples/shop/missing-orders.ts';
import type { ShopRelease } from '../../../examples/shop/release-sources.ts';
import { oneCup, startShopEnvironment, until } from './shop-environment.ts';
import type { RunningService, ShopEnvironment } from './shop-environment.ts';

const patienceMs = 120_000;

describe('the releases of the sample application, one after the other on one database', () => {
  let shop: ShopEnvironment;
  let catalogue: RunningService;
  const acknowledged: string[] = [];

  beforeAll(async () => {
    shop = await startShopEnvironment();
    await shop.migrateTo('v1');
    catalogue = await shop.start('v1', 'catalogue');
    const flags = [{ key: 'gift-notes', isEnabled: true, percentage: 100 }];
    writeFileSync(shop.flagsFile, JSON.stringify({ flags }));
  }, patienceMs);

  afterAll(() => shop.stop(), patienceMs);

  /** Orders with the code of a release and reads everything back that was ever ordered. */
  async function orderWith(release: ShopRelease, body: unknown = oneCup): Promise<readonly Record<string, unknown>[]> {
    const orders = await shop.start(release, 'orders', { catalogue: catalogue.url });
    const answer = await shop.order(orders.url, body);
    expect(answer.status).toBe(201);
    acknowledged.push(((await answer.json()) as { id: string }).id);
    const list = await shop.get(`${orders.url}/orders?limit=100`);
    const page = (await list.json()) as { orders: Record<string, unknown>[] };
    expect(await orders.stop()).toBe(0);
    return page.orders;
  }

  const gift = { ...oneCup, giftNote: 'For you' };

  it.each<readonly [ShopRelease, ShopRelease, unknown]>([
    ['v1', 'v1', oneCup],
    ['v1', 'v2', oneCup],
    ['v2', 'v2', gift],
    ['v1', 'v2', oneCup],
    ['v1', 'v3', oneCup],
    ['v2', 'v3', gift],
    ['v3', 'v3', gift],
  ])(
    '%s takes orders on the schema of %s and keeps all that came before',
    async (code, schema, body) => {
      await shop.migrateTo(schema);
      const orders = await orderWith(code, body);
      expect(orders.map(({ id }) => id)).toEqual([...acknowledged].reverse());
      expect(await findMissingOrders(acknowledged, shop.databaseUrl)).toEqual([]);
      if (code !== 'v1') expect(orders[0]).toMatchObject({ giftNote: 'For you' });
    },
    patienceMs,
  );

  it('lets notes written by a newer release survive an older one that does not know them', async () => {
    const { rows } = await shop.database.query<{ count: number }>(
      'select count(*)::int as count from orders where gift_note is not null',
    );
    expect(rows).toEqual([{ count: 3 }]);
  });

  it(
    'v3 starts, is healthy and ready; then its health turns bad while every request still succeeds',
    async () => {
      const orders = await shop.start('v3', 'orders', { catalogue: catalogue.url });
      expect((await fetch(`${orders.url}/readyz`)).status).toBe(200);
      expect((await fetch(`${orders.url}/healthz`)).status).toBe(200);

      const statuses: number[] = [];
      const health = await until(
        async () => {
          statuses.push((await shop.order(orders.url)).status);
          return fetch(`${orders.url}/healthz`);
        },
        ({ status }) => status !== 200,
      );
      expect(health.status).toBe(503);
      expect(await health.json()).toMatchObject({
        reason: expect.stringMatching(
          /^catalogue-connections: all 4 connections to the catalogue are in use .* not given back$/,
        ),
      });
      for (let more = 0; more < 5; more += 1) statuses.push((await shop.order(orders.url)).status);
      expect(new Set(statuses)).toEqual(new Set([201]));
      expect((await fetch(`${orders.url}/readyz`)).status).toBe(200);
      // The shop in front of it stays healthy: what ails the orders service is its own to report.
      const web = await shop.start('v3', 'web', { catalogue: catalogue.url, orders: orders.url });
      expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
      expect(await orders.stop()).toBe(0);
    },
    patienceMs,
  );

  it(
    'v2, in the place of v3, stays healthy for longer than v3 did',
    async () => {
      const orders = await shop.start('v2', 'orders', { catalogue: catalogue.url });
      for (let look = 0; look < 12; look += 1) {
        expect((await shop.order(orders.url)).status).toBe(201);
        expect((await fetch(`${orders.url}/healthz`)).status).toBe(200);
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    patienceMs,
  );
});
