import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LoopbackPorts } from '../../../../engine/deployment/local/loopback-ports.ts';
import { ReverseProxy } from '../../../../engine/deployment/local/reverse-proxy.ts';
import { ShareSequence } from '../../../../engine/deployment/local/share-sequence.ts';
import { SideCounter } from '../../../../engine/deployment/local/side-counter.ts';
import { TrafficCounter } from '../../../../engine/deployment/local/traffic-counter.ts';
import { Upstream } from '../../../../engine/deployment/local/upstream.ts';

jest.setTimeout(60_000);

const servers: Server[] = [];
const upstreams: Upstream[] = [];
let traffic: TrafficCounter;
let proxy: ReverseProxy;

beforeEach(async () => {
  traffic = new TrafficCounter();
  proxy = await ReverseProxy.listen('api', await new LoopbackPorts().take(), traffic);
});

afterEach(() => {
  proxy.refuseConnections();
  proxy.finish();
  for (const upstream of upstreams.splice(0)) upstream.close();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<Upstream> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream = new Upstream((server.address() as AddressInfo).port);
  upstreams.push(upstream);
  proxy.shift({ upstream });
  return upstream;
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** Sends bytes as they are and reads until the other side ends. */
async function sendRaw(...lines: readonly string[]): Promise<string> {
  const socket: Socket = connect(proxy.port, '127.0.0.1');
  socket.write(lines.join('\r\n'));
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
  return text;
}

describe('headers', () => {
  it('that speak of one connection end with it, those that it names included; all others travel on', async () => {
    await serve((incoming, outgoing) => {
      outgoing.writeHead(200, [
        'Connection',
        'X-Inner',
        'X-Inner',
        '1',
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'X-Kept',
        '2',
      ]);
      outgoing.end(JSON.stringify(incoming.headers));
    });
    const answer = await sendRaw(
      'GET / HTTP/1.1',
      'Host: shop.example',
      'Connection: close, X-Named',
      'X-Named: 1',
      'TE: trailers',
      'Proxy-Authorization: basic',
      'X-Kept: 1',
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Proto: gopher',
      '',
      '',
    );
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 200/);
    expect(head).toContain('set-cookie: a=1\r\nset-cookie: b=2');
    expect(head).toContain('x-kept: 2');
    expect(head).not.toMatch(/x-inner/i);
    const seen: unknown = JSON.parse(/\{.*\}/.exec(body)?.[0] ?? '');
    expect(seen).toMatchObject({
      host: 'shop.example',
      'x-kept': '1',
      'x-forwarded-for': '10.0.0.1, 127.0.0.1',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-proto': 'http',
    });
    for (const name of ['x-named', 'te', 'proxy-authorization']) expect(seen).not.toHaveProperty([name]);
  });

  it('frame a body of unknown length whatever the method, so that it is not taken for the next request', async () => {
    const seen: string[] = [];
    await serve((incoming, outgoing) => {
      textOf(incoming).then(
        (text) => {
          seen.push(`${String(incoming.method)} ${String(incoming.url)} ${text}`);
          outgoing.end();
        },
        () => outgoing.destroy(),
      );
    });
    const smuggled = 'GET /smuggled HTTP/1.1\r\n\r\n';
    await sendRaw(
      'GET /outer HTTP/1.1',
      'Host: x',
      'Connection: close',
      'Transfer-Encoding: chunked',
      '',
      smuggled.length.toString(16),
      smuggled,
      '0',
      '',
      '',
    );
    expect(seen).toEqual([`GET /outer ${smuggled}`]);
  });
});

describe('bodies', () => {
  it('stream both ways while they come into being', async () => {
    await serve((incoming, outgoing) => {
      incoming.on('data', (chunk: Buffer) => outgoing.write(`got ${chunk.toString()};`));
      incoming.on('end', () => outgoing.end('end'));
    });
    const sent = request(`${proxy.url}/`, { method: 'POST' });
    sent.write('one');
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.setEncoding('utf8');
    expect(await once(response, 'data')).toEqual(['got one;']);
    sent.end('two');
    expect(await textOf(response)).toBe('got two;end');
  });

  it('of answers without one are left out: HEAD, 204', async () => {
    await serve((incoming, outgoing) => {
      if (incoming.method === 'HEAD') outgoing.writeHead(200, { 'content-length': 5 }).end();
      else outgoing.writeHead(204).end();
    });
    const head = await fetch(proxy.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '5']);
    expect((await fetch(proxy.url, { method: 'DELETE' })).status).toBe(204);
  });
});

describe('a kept connection that the service closes at the very moment of a request', () => {
  it('costs a safe request nothing: it is sent again on a fresh one', async () => {
    const used = new WeakSet<Socket>();
    await serve((incoming, outgoing) => {
      if (used.has(incoming.socket)) incoming.socket.destroy();
      else outgoing.end('answered');
      used.add(incoming.socket);
    });
    for (let turn = 0; turn < 5; turn += 1) {
      const response = await fetch(proxy.url);
      expect([response.status, await response.text()]).toEqual([200, 'answered']);
    }
    expect(traffic).toMatchObject({ requests: 5, failed: 0 });
  });

  it('is never used for a request that must not be sent twice', async () => {
    const used = new WeakSet<Socket>();
    const bodies: string[] = [];
    await serve((incoming, outgoing) => {
      if (used.has(incoming.socket)) incoming.socket.destroy();
      used.add(incoming.socket);
      textOf(incoming).then(
        (text) => {
          bodies.push(text);
          outgoing.end();
        },
        () => undefined,
      );
    });
    for (const body of ['1', '2', '3']) {
      expect((await fetch(proxy.url, { method: 'POST', body })).status).toBe(200);
      expect((await fetch(proxy.url)).status).toBe(200);
    }
    expect(bodies.filter((body) => body !== '')).toEqual(['1', '2', '3']);
  });
});

describe('a request that cannot be answered', () => {
  it('is told that nothing is ready, and counted', async () => {
    proxy.shift(undefined);
    const response = await fetch(proxy.url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toEqual({ error: 'no instance of api is ready' });
    expect(traffic).toMatchObject({ requests: 1, failed: 1 });
  });

  it('is told that the service hung up, once, and is not sent again on its own', async () => {
    let seen = 0;
    await serve((incoming) => {
      seen += 1;
      incoming.socket.destroy();
    });
    const response = await fetch(proxy.url, { method: 'POST', body: 'x' });
    expect([response.status, seen]).toEqual([502, 1]);
    expect(traffic).toMatchObject({ requests: 1, failed: 1 });
  });

  it('sees its connection break off when the answer does', async () => {
    await serve((incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-length': 100 });
      outgoing.write('half', () => incoming.socket.destroy());
    });
    const response = await fetch(proxy.url);
    await expect(response.text()).rejects.toThrow();
    expect(traffic).toMatchObject({ requests: 1, failed: 1 });
  });
});

describe('draining', () => {
  it('waits for a request in flight, also one whose instance no longer gets new ones', async () => {
    const answers: (() => void)[] = [];
    const old = await serve((_incoming, outgoing) => {
      answers.push(() => outgoing.end('old'));
    });
    const pending = fetch(proxy.url);
    while (answers.length === 0) await delay(5);
    await serve((_incoming, outgoing) => outgoing.end('new'));
    expect(await (await fetch(proxy.url)).text()).toBe('new');
    expect(old.inFlight).toBe(1);
    const draining = old.drain(60);
    answers.pop()?.();
    expect(await (await pending).text()).toBe('old');
    expect(await draining).toBe(0);
  });

  it('does not wait for a client that has left, nor counts that as a failure', async () => {
    const hangUp = new AbortController();
    const upstream = await serve(() => {
      hangUp.abort();
    });
    await expect(fetch(proxy.url, { signal: hangUp.signal })).rejects.toThrow();
    expect(await upstream.drain(60)).toBe(0);
    expect(traffic).toMatchObject({ requests: 1, failed: 0 });
  });
});

describe('a share for a canary', () => {
  const everything = 100;
  const nothing = 0;

  async function split(
    percentage: number,
    canary: RequestListener | undefined,
    baseline: RequestListener | undefined,
  ): Promise<{ canary: SideCounter; baseline: SideCounter }> {
    const counters = { canary: new SideCounter(), baseline: new SideCounter() };
    const [first, second] = [
      canary === undefined ? undefined : await serve(canary),
      baseline === undefined ? undefined : await serve(baseline),
    ];
    proxy.shift({ upstream: second }, { canary: { upstream: first }, share: new ShareSequence(percentage), counters });
    return counters;
  }

  const answer =
    (text: string, status = 200): RequestListener =>
    (_incoming, outgoing) => {
      outgoing.writeHead(status).end(text);
    };

  it('counts what each side answered, server errors as failures, and how long it took', async () => {
    const { canary, baseline } = await split(50, answer('new', 503), (_incoming, outgoing) => {
      setTimeout(() => outgoing.writeHead(404).end('old'), 30);
    });
    for (let turn = 0; turn < 10; turn += 1) await (await fetch(proxy.url)).text();
    while (canary.requests + baseline.requests < 10) await delay(5);
    expect(canary.requests).toBeGreaterThan(3);
    expect(canary.failed).toBe(canary.requests);
    expect(baseline.failed).toBe(0);
    expect(baseline.responseTimeMs / baseline.requests).toBeGreaterThan(25);
    // The target's own count knows only what it could not answer.
    expect(traffic).toMatchObject({ requests: 10, failed: 0 });
  });

  it.each([
    ['canary', everything, undefined, answer('old'), 'old'],
    ['old side', nothing, answer('new'), undefined, 'new'],
  ] as const)('is answered by the other side while the %s has no instance', async (_side, share, canary, old, text) => {
    const counters = await split(share, canary, old);
    expect(await (await fetch(proxy.url)).text()).toBe(text);
    while (counters[text === 'new' ? 'canary' : 'baseline'].requests === 0) await delay(5);
    expect(counters[text === 'new' ? 'baseline' : 'canary'].requests).toBe(0);
  });

  it('is told that nothing is ready when neither side has one', async () => {
    const { canary, baseline } = await split(50, undefined, undefined);
    expect((await fetch(proxy.url)).status).toBe(503);
    expect([canary.requests, baseline.requests]).toEqual([0, 0]);
    expect(traffic).toMatchObject({ requests: 1, failed: 1 });
  });

  it('does not hand a side’s broken connections on to the other one', async () => {
    const used = new WeakSet<Socket>();
    let broken = 0;
    const { canary, baseline } = await split(
      everything,
      (incoming, outgoing) => {
        if (used.has(incoming.socket)) {
          broken += 1;
          incoming.socket.destroy();
        } else outgoing.end('new');
        used.add(incoming.socket);
      },
      answer('old'),
    );
    for (let turn = 0; turn < 5; turn += 1) expect(await (await fetch(proxy.url)).text()).toBe('new');
    while (canary.requests < 5) await delay(5);
    expect(broken).toBeGreaterThan(0);
    expect([canary.failed, baseline.requests]).toEqual([0, 0]);
  });

  it('counts an answer that breaks off as failed, and one that its client did not wait for not at all', async () => {
    const hangUp = new AbortController();
    const { canary } = await split(
      everything,
      (incoming, outgoing) => {
        if (incoming.url === '/left') hangUp.abort();
        else outgoing.writeHead(200, { 'content-length': 100 }).write('half', () => incoming.socket.destroy());
      },
      undefined,
    );
    await expect(fetch(`${proxy.url}/left`, { signal: hangUp.signal })).rejects.toThrow();
    await expect(fetch(proxy.url).then((response) => response.text())).rejects.toThrow();
    while (canary.requests === 0) await delay(5);
    expect(canary).toMatchObject({ requests: 1, failed: 1 });
  });

  it('ends with the next shift; what is under way stays where it is', async () => {
    const answers: (() => void)[] = [];
    await split(
      everything,
      (_incoming, outgoing) => {
        answers.push(() => outgoing.end('new'));
      },
      answer('old'),
    );
    const pending = fetch(proxy.url);
    while (answers.length === 0) await delay(5);
    await serve(answer('whole'));
    expect(await (await fetch(proxy.url)).text()).toBe('whole');
    answers.pop()?.();
    expect(await (await pending).text()).toBe('new');
  });
});

it('says which service cannot be served where, when its port is taken', async () => {
  await expect(ReverseProxy.listen('web', proxy.port, traffic)).rejects.toThrow(
    new RegExp(
      `web cannot be served at 127.0.0.1:${String(proxy.port)} \\(another program listens at 127.0.0.1:\\d+ already\\): free the port`,
    ),
  );
});
