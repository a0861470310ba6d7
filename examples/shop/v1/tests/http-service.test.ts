import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { healthy, runChecks } from '../platform/health.ts';
import { operationsRoutes } from '../platform/operations-routes.ts';
import { RequestProblem, json } from '../platform/reply.ts';
import { matchRoute } from '../platform/route.ts';
import type { Route } from '../platform/route.ts';
import { serve } from './served.ts';

const route = (method: Route['method'], pattern: string, handle: Route['handle']): Route => ({
  method,
  pattern,
  handle,
});
const echo = route('POST', '/echo', async ({ readJson }) => json(200, await readJson()));
const post = (url: string, body: string, type = 'application/json'): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': type } });

await test('a path finds its route with its parameters decoded', () => {
  const orders = route('GET', '/orders/:id', () => json(200, {}));
  const match = matchRoute([orders], 'GET', '/orders/a%20b');
  assert.deepEqual(match.kind === 'found' && match.parameters, { id: 'a b' });
  assert.equal(matchRoute([orders], 'GET', '/orders/%E0%A4%A').kind, 'unknown');
  assert.equal(matchRoute([orders], 'GET', '/orders').kind, 'unknown');
  assert.deepEqual(matchRoute([orders], 'POST', '/orders/1'), { kind: 'wrong-method', allowed: ['GET'] });
});

await test('what is not there is 404 and another method is 405 with those allowed', async () => {
  const service = await serve([echo]);
  assert.equal((await fetch(`${service.url}/nothing`)).status, 404);
  const answer = await fetch(`${service.url}/echo`);
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('allow'), 'POST');
  await service.stop();
});

await test('a body must be JSON, say so, and be of a sensible size', async () => {
  const service = await serve([echo]);
  assert.deepEqual(await (await post(`${service.url}/echo`, '{"a":1}')).json(), { a: 1 });
  assert.equal((await post(`${service.url}/echo`, '{"a":')).status, 400);
  assert.equal((await post(`${service.url}/echo`, '{}', 'text/plain')).status, 415);
  assert.equal((await post(`${service.url}/echo`, JSON.stringify('x'.repeat(70_000)))).status, 413);
  await service.stop();
});

await test('an error that nobody expected is 500, logged, and tells the caller nothing but a number to quote', async () => {
  const service = await serve([
    route('GET', '/broken', () => {
      throw new Error('the password is hunter2');
    }),
    route('GET', '/away', () => {
      throw new RequestProblem(503, 'Try again.', { cause: new Error('connection refused') });
    }),
  ]);
  const answer = await fetch(`${service.url}/broken`, { headers: { 'x-request-id': 'quote-me' } });
  assert.equal(answer.status, 500);
  const body = await answer.text();
  assert.match(body, /quote-me/);
  assert.doesNotMatch(body, /hunter2/);
  assert.equal((await fetch(`${service.url}/away`)).status, 503);
  await service.stop();
  const messages = service.lines().flatMap((line) => (line['event'] === 'request-failed' ? [line['message']] : []));
  assert.deepEqual(messages, ['the password is hunter2', 'connection refused']);
});

await test('every request is one log line and one measurement, by pattern and not by path', async () => {
  const service = await serve([route('GET', '/orders/:id', () => json(200, {}))]);
  await (await fetch(`${service.url}/orders/17?token=secret`)).text();
  await service.stop();
  const [line, ...others] = service.lines();
  assert.equal(others.length, 0);
  assert.equal(line?.['route'], '/orders/:id');
  assert.equal(line['path'], '/orders/17');
  assert.equal(line['status'], 200);
  assert.match(service.metrics.render(), /http_requests_total\{method="GET",route="\/orders\/:id",status="200"\} 1/);
});

await test('a request id that could forge a log line is replaced', async () => {
  const service = await serve([]);
  const answer = await fetch(service.url, { headers: { 'x-request-id': 'a b"c' } });
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  await service.stop();
});

await test('stopping lets a request in flight end, and asks its client to close', async () => {
  const reached = Promise.withResolvers<undefined>();
  const release = Promise.withResolvers<undefined>();
  const service = await serve([
    route('GET', '/slow', async () => {
      reached.resolve(undefined);
      await release.promise;
      return json(200, { done: true });
    }),
  ]);
  const answer = fetch(`${service.url}/slow`);
  await reached.promise;
  const stopped = service.stop();
  release.resolve(undefined);
  assert.equal((await answer).headers.get('connection'), 'close');
  assert.deepEqual(await (await answer).json(), { done: true });
  assert.equal(await stopped, true);
  await assert.rejects(fetch(`${service.url}/slow`));
});

await test('stopping does not wait longer than its bound', async () => {
  const reached = Promise.withResolvers<undefined>();
  const service = await serve([
    route('GET', '/stuck', async () => {
      reached.resolve(undefined);
      return new Promise(() => undefined);
    }),
  ]);
  const answer = fetch(`${service.url}/stuck`).catch((error: unknown) => error);
  await reached.promise;
  assert.equal(await service.stop(0, 50), false);
  assert.ok((await answer) instanceof Error);
  assert.equal(service.lines().at(-1)?.['status'], 499);
});

await test('while it stops, a kept-alive client is still answered and told to go', async () => {
  const service = await serve([route('GET', '/', () => json(200, {}))]);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const connectionHeader = (): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      request(service.url, { agent }, (response) => {
        response.resume().on('end', () => {
          resolve(response.headers.connection);
        });
      })
        .on('error', reject)
        .end();
    });
  assert.equal(await connectionHeader(), 'keep-alive');
  const stopped = service.stop(200);
  assert.equal(await connectionHeader(), 'close');
  assert.equal(await stopped, true);
});

await test('health names what is wrong; readiness is about taking requests', async () => {
  const operations = { service: 'orders', release: 'v1', health: [], readiness: [] };
  const idle = await serve([]);
  const broken = { name: 'catalogue', run: async () => ({ isHealthy: false, message: 'answered 500 to /readyz' }) };
  const service = await serve(
    operationsRoutes({ ...operations, phase: idle.phase, metrics: idle.metrics, health: [broken] }),
  );
  const health = await fetch(`${service.url}/healthz`);
  assert.equal(health.status, 503);
  assert.match(await health.text(), /"reason":"catalogue: answered 500 to \/readyz"/);
  assert.equal((await fetch(`${service.url}/readyz`)).status, 200);
  assert.deepEqual(await (await fetch(`${service.url}/version`)).json(), { service: 'orders', release: 'v1' });
  assert.match(await (await fetch(`${service.url}/metrics`)).text(), /service_info/);
  await idle.stop();
  const readiness = await fetch(`${service.url}/readyz`);
  assert.equal(readiness.status, 503);
  assert.match(await readiness.text(), /stopping/);
  await service.stop();
});

await test('a check that throws or hangs is not healthy, and does not take the others with it', async () => {
  const report = await runChecks(
    [
      { name: 'fine', run: async () => healthy },
      { name: 'refused', run: () => Promise.reject(new Error('connection refused')) },
      { name: 'hanging', run: () => new Promise(() => undefined) },
    ],
    20,
  );
  assert.equal(report.isHealthy, false);
  assert.deepEqual(report.checks, {
    fine: { isHealthy: true, message: '' },
    refused: { isHealthy: false, message: 'connection refused' },
    hanging: { isHealthy: false, message: 'hanging did not answer within 20 ms' },
  });
});
