import { renameSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import pg from 'pg';
import { signCustomerToken } from '../../../examples/shop/customer-token.ts';
import { jwtSecret, oneCup, startShopEnvironment, until } from './shop-environment.ts';
import type { RunningService, ShopEnvironment } from './shop-environment.ts';

const patienceMs = 120_000;

describe('the services of the sample application', () => {
  let shop: ShopEnvironment;
  let catalogue: RunningService;
  let orders: RunningService;
  let web: RunningService;
  const count = async (): Promise<number> => {
    const { rows } = await shop.database.query<{ count: number }>('select count(*)::int as count from orders');
    return rows[0]?.count ?? Number.NaN;
  };

  beforeAll(async () => {
    shop = await startShopEnvironment();
    await shop.migrateTo('v1');
    catalogue = await shop.start('v1', 'catalogue');
    orders = await shop.start('v1', 'orders', { catalogue: catalogue.url });
    web = await shop.start('v1', 'web', { catalogue: catalogue.url, orders: orders.url });
  }, patienceMs);

  afterAll(() => shop.stop(), patienceMs);

  beforeEach(async () => {
    await shop.database.query('truncate orders cascade');
  });

  it('are healthy and ready, and say which release they are', async () => {
    for (const { url } of [catalogue, orders, web]) {
      expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'healthy', release: 'v1' });
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    }
    expect(await (await fetch(`${orders.url}/version`)).json()).toEqual({ service: 'orders', release: 'v1' });
  });

  it('sell what the migrations put into the catalogue, at its price', async () => {
    const { products } = (await (await fetch(`${catalogue.url}/products`)).json()) as { products: unknown[] };
    expect(products).toHaveLength(5);
    const answer = await shop.order(orders.url);
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ customer: 'ana', totalMinor: 1_900, currency: 'EUR' });
    expect(await count()).toBe(1);
    expect(await (await shop.get(`${orders.url}/orders/count`)).json()).toEqual({ count: 1 });
  });

  it('show the shop, and take an order from the browser to the database', async () => {
    const page = await fetch(web.url);
    expect(await page.text()).toContain('Gooseneck kettle');
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await fetch(`${web.url}/api/orders`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(oneCup),
    });
    expect(answer.status).toBe(201);
    expect(await count()).toBe(1);
  });

  it('write a log line and count a metric for each request, under one request id from service to service', async () => {
    const answer = await shop.order(orders.url);
    const requestId = answer.headers.get('x-request-id');
    const has = (service: RunningService, route: string): boolean =>
      service.lines().some((line) => line['requestId'] === requestId && line['route'] === route);
    await until(
      async () => has(orders, '/orders') && has(catalogue, '/products/:sku'),
      (both) => both,
    );
    const metrics = await (await fetch(`${orders.url}/metrics`)).text();
    expect(metrics).toMatch(/^http_requests_total\{method="POST",route="\/orders",status="201"\} [1-9]/m);
    expect(metrics).toMatch(/^process_resident_memory_bytes [1-9]/m);
  });

  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: 'shop', aud: 'orders', sub: 'ana', exp: now + 600 };
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sign = (payload: object, secret = jwtSecret): Promise<string> =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  it.each<readonly [string, () => string | Promise<string>]>([
    ['with alg none', () => `${encode({ alg: 'none' })}.${encode(claims)}.`],
    ['with alg none and a signature', () => `${encode({ alg: 'None' })}.${encode(claims)}.c2ln`],
    ['signed by somebody else', () => sign(claims, 'another secret, which has 32 characters too')],
    ['signed with an empty secret', () => `${encode({ alg: 'HS256' })}.${encode(claims)}.`],
    ['that has expired', () => sign({ ...claims, exp: now - 1 })],
    ['that never expires', () => sign({ iss: 'shop', aud: 'orders', sub: 'ana' })],
    ['for another audience', () => sign({ ...claims, aud: 'web' })],
    ['without a customer', () => sign({ iss: 'shop', aud: 'orders', exp: now + 600 })],
    [
      'whose customer was exchanged',
      async () => (await sign(claims)).replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'root' })}.`),
    ],
    ['that is not one', () => 'a.b.c'],
  ])('refuse a token %s, and write no order', async (_, token) => {
    const answer = await shop.order(orders.url, oneCup, await token());
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await shop.get(`${orders.url}/orders`, await token())).status).toBe(401);
    expect(await count()).toBe(0);
  });

  it('refuse a request without a token', async () => {
    const answer = await fetch(`${orders.url}/orders`, { method: 'POST', body: JSON.stringify(oneCup) });
    expect(answer.status).toBe(401);
    expect(await count()).toBe(0);
  });

  it('store hostile text as text', async () => {
    const customer = "'); drop table orders; --";
    const token = await signCustomerToken(jwtSecret, customer);
    expect((await shop.order(orders.url, oneCup, token)).status).toBe(201);
    expect(await (await shop.get(`${orders.url}/orders`, token)).json()).toMatchObject({ orders: [{ customer }] });
  });

  it('acknowledge an order only after the commit', async () => {
    await shop.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused at commit'; end $$;
      create constraint trigger refuse after insert on orders deferrable initially deferred
        for each row execute function refuse();`);
    const answer = await shop.order(orders.url);
    await shop.database.query('drop trigger refuse on orders; drop function refuse();');
    expect(answer.status).toBe(503);
    expect(await count()).toBe(0);
    expect((await shop.order(orders.url)).status).toBe(201);
  });

  it('outlive the loss of every database connection', async () => {
    await shop.order(orders.url);
    await shop.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'shop-%'`,
    );
    const answer = await until(
      () => shop.order(orders.url),
      ({ status }) => status === 201,
    );
    expect(answer.status).toBe(201);
    expect(orders.process.exitCode).toBeNull();
    expect(orders.lines().some(({ event }) => event === 'database-connection-lost')).toBe(true);
  });

  it('show a feature as soon as its flag is turned on', async () => {
    const page = async (): Promise<string> => (await fetch(web.url)).text();
    expect(await page()).not.toContain('Your orders');
    const next = `${shop.flagsFile}.next`;
    writeFileSync(next, JSON.stringify({ flags: [{ key: 'order-history', isEnabled: true, percentage: 100 }] }));
    renameSync(next, shop.flagsFile);
    expect(await until(page, (html) => html.includes('Your orders'))).toContain('None yet');
  });

  it('are not healthy, but stay ready, while a service they call is away', async () => {
    const alone = await shop.start('v1', 'orders');
    const health = await fetch(`${alone.url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ status: 'unhealthy', checks: { database: { isHealthy: true } } });
    expect((await fetch(`${alone.url}/readyz`)).status).toBe(200);
    expect((await shop.order(alone.url)).status).toBe(503);
    expect(await alone.stop()).toBe(0);
  });

  it('start without a database, are not ready, and tell nobody its password', async () => {
    const lost = await shop.start('v1', 'catalogue', { database: 'postgres://shop:hunter2@127.0.0.1:9/shop' });
    const readiness = await fetch(`${lost.url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.text()).not.toContain('hunter2');
    expect((await fetch(`${lost.url}/products`)).status).toBe(500);
    expect(await lost.stop()).toBe(0);
    expect(JSON.stringify(lost.lines())).not.toContain('hunter2');
  });

  it('say in one line why they cannot start', async () => {
    await expect(shop.start('v1', 'orders', { catalogue: 'nowhere' })).rejects.toThrow(
      /cannot-start.*CATALOGUE_URL is not valid/,
    );
  });

  it(
    'finish every request in flight when they are told to stop, take no more, and end with 0',
    async () => {
      const stopping = await shop.start('v1', 'orders', { catalogue: catalogue.url });
      const agent = new Agent({ keepAlive: true });
      const token = await signCustomerToken(jwtSecret, 'ana');
      const order = (): Promise<number | undefined> =>
        new Promise((resolve, reject) => {
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          request(`${stopping.url}/orders`, { method: 'POST', agent, headers }, (response) => {
            text(response).then(() => {
              resolve(response.statusCode);
            }, reject);
          })
            .on('error', reject)
            .end(JSON.stringify(oneCup));
        });

      const lock = new pg.Client({ connectionString: shop.databaseUrl });
      await lock.connect();
      await lock.query('begin');
      await lock.query('lock table order_lines in exclusive mode');
      const answers = Promise.all([order(), order(), order()]);
      const waiting = `select count(*)::int as count from pg_stat_activity
        where application_name = 'shop-orders' and wait_event_type = 'Lock'`;
      await until(
        () => shop.database.query<{ count: number }>(waiting),
        ({ rows }) => rows[0]?.count === 3,
      );
      const stopped = stopping.stop();
      await until(
        () =>
          fetch(`${stopping.url}/readyz`).then(
            ({ status }) => status,
            () => undefined,
          ),
        (status) => status !== 200,
      );
      await lock.query('commit');
      await lock.end();

      expect(await answers).toEqual([201, 201, 201]);
      expect(await stopped).toBe(0);
      expect(await count()).toBe(3);
      expect(stopping.lines().at(-1)).toMatchObject({ event: 'stopped', isClean: true });
      agent.destroy();
    },
    patienceMs,
  );
});
