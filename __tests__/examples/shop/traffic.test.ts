import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countMissing, findMissingOrders } from '../../../examples/shop/missing-orders.ts';
import { startTraffic } from '../../../examples/shop/traffic.ts';
import type { Traffic } from '../../../examples/shop/traffic.ts';
import { jwtSecret, startShopEnvironment, until } from './shop-environment.ts';
import type { RunningService, ShopEnvironment } from './shop-environment.ts';

const patienceMs = 120_000;

const atLeast = (traffic: Traffic, requests: number): Promise<unknown> =>
  until(
    async () => traffic.stats().requests,
    (ended) => ended >= requests,
  );

describe('traffic against the shop', () => {
  let shop: ShopEnvironment;
  let orders: RunningService;
  let web: RunningService;

  beforeAll(async () => {
    shop = await startShopEnvironment();
    await shop.migrateTo('v1');
    const catalogue = await shop.start('v1', 'catalogue');
    orders = await shop.start('v1', 'orders', { catalogue: catalogue.url });
    web = await shop.start('v1', 'web', { catalogue: catalogue.url, orders: orders.url });
  }, patienceMs);

  afterAll(() => shop.stop(), patienceMs);

  it(
    'loses nothing while the shop runs, and notices an order that is gone',
    async () => {
      const traffic = startTraffic({ ordersUrl: orders.url, webUrl: web.url, jwtSecret, ratePerSecond: 40 });
      await atLeast(traffic, 40);
      const stats = await traffic.stop();
      expect(stats.failures).toEqual([]);
      expect(stats.failed).toBe(0);
      expect(stats.acknowledged.length).toBeGreaterThanOrEqual(19);
      expect(await countMissing(stats.acknowledged, shop.databaseUrl)).toBe(0);

      const [lost = ''] = stats.acknowledged;
      await shop.database.query('delete from orders where id = $1', [lost]);
      expect(await findMissingOrders(stats.acknowledged, shop.databaseUrl)).toEqual([lost]);
    },
    patienceMs,
  );

  it(
    'counts what failed when a service goes away, without trying again, and keeps what was acknowledged',
    async () => {
      const traffic = startTraffic({ ordersUrl: orders.url, webUrl: web.url, jwtSecret, ratePerSecond: 40 });
      await atLeast(traffic, 12);
      orders.process.kill('SIGKILL');
      await until(
        async () => traffic.stats().failed,
        (failed) => failed >= 3,
      );
      const stats = await traffic.stop();
      expect(stats.failures.length).toBe(stats.failed);
      expect(stats.failures.some(({ status, message }) => status === undefined && message !== '')).toBe(true);
      expect(await countMissing(stats.acknowledged, shop.databaseUrl)).toBe(0);
    },
    patienceMs,
  );
});

describe('traffic against something that is not as it should be', () => {
  async function against(answer: RequestListener, requests: number, timeoutSeconds = 10): Promise<Traffic> {
    const server: Server = createServer(answer);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const traffic = startTraffic({ ordersUrl: url, webUrl: url, jwtSecret, ratePerSecond: 100, timeoutSeconds });
    await atLeast(traffic, requests);
    await traffic.stop();
    server.closeAllConnections();
    server.close();
    return traffic;
  }

  it('counts an order that was answered with 200, or without an id, as failed', async () => {
    const traffic = await against((_, response) => response.writeHead(200).end('{}'), 4);
    const { failures, acknowledged } = traffic.stats();
    expect(new Set(failures.map((failure) => failure.request))).toEqual(new Set(['order']));
    expect(acknowledged).toEqual([]);
  });

  it('counts an answer that breaks off in the middle as failed, though its status was good', async () => {
    const traffic = await against((_, response) => {
      response.writeHead(201, { 'content-length': 1_000 });
      response.write(JSON.stringify({ id: randomUUID() }), () => response.destroy());
    }, 4);
    const { failed, requests, acknowledged } = traffic.stats();
    expect(failed).toBe(requests);
    expect(acknowledged).toEqual([]);
  });

  it('gives up on an answer that does not come', async () => {
    const traffic = await against(() => undefined, 4, 0.2);
    const { failed, requests } = traffic.stats();
    expect(failed).toBe(requests);
  });

  it('cannot say that nothing is missing when the database cannot be asked', async () => {
    await expect(countMissing([randomUUID()], 'postgres://nobody@127.0.0.1:9/none')).rejects.toThrow(/ECONNREFUSED/);
  });
});
