import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';

const servers: Server[] = [];
const never = new AbortController().signal;
const probe = new HttpHealthProbe(new HttpCaller(localOutboundPolicy));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/healthz`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('a look at a service', () => {
  it('finds it healthy when it answers 200', async () => {
    const url = await serve((_request, response) => response.end('ok'));
    const result = await probe.probe(url, 5, never);
    expect(result).toMatchObject({ url, status: 200, isHealthy: true, message: undefined });
    expect(result.responseTimeMs).toBeGreaterThan(0);
  });

  it.each([
    [503, 'database: connection\n refused', 'answered 503: database: connection refused'],
    [404, '', 'answered 404: Not Found'],
    [302, '', 'answered 302: Found'],
  ])('quotes the service when it answers %d', async (status, body, message) => {
    const url = await serve((_request, response) => response.writeHead(status, { location: '/' }).end(body));
    expect(await probe.probe(url, 5, never)).toMatchObject({ status, isHealthy: false, message });
  });

  it('quotes no more than the beginning of an answer without an end', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(500);
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', write);
      write();
    });
    const { message } = await probe.probe(url, 5, never);
    expect(message).toBe(`answered 500: ${'x'.repeat(300)}…`);
  });

  it('says that a service did not answer in time', async () => {
    const url = await serve(() => undefined);
    const result = await probe.probe(url, 0.05, never);
    expect(result).toMatchObject({ status: undefined, isHealthy: false, message: 'did not answer within 0.05 s' });
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const result = await probe.probe(url, 5, never);
    expect(result).toMatchObject({ status: undefined, isHealthy: false });
    expect(result.message).toMatch(/^nothing listens at /);
  });

  it('does not wait for the end of a good answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200);
      response.write('for ever');
    });
    expect(await probe.probe(url, 60, never)).toMatchObject({ status: 200, isHealthy: true });
  });

  it('does not ask where credentials are handed out', async () => {
    const result = await probe.probe('http://[::ffff:169.254.169.254]/latest/meta-data', 5, never);
    expect(result).toMatchObject({ status: undefined, isHealthy: false });
    expect(result.message).toMatch(/hands out a cloud's credentials$/);
  });

  it('is given up when its caller gives up', async () => {
    const url = await serve(() => undefined);
    const abort = new AbortController();
    const probing = probe.probe(url, 60, abort.signal);
    abort.abort(new Error('the lease is lost'));
    await expect(probing).rejects.toThrow('the lease is lost');
  });
});
