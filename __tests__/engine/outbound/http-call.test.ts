import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localOutboundPolicy, OutboundRefusedError } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller, type HttpCall } from '../../../engine/outbound/http-call.ts';

const servers: Server[] = [];
const never = new AbortController().signal;
const strict = { allowsLoopback: false, privateNetworks: [] };
const local = new HttpCaller(localOutboundPolicy);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const to = (url: string, more: Partial<HttpCall> = {}): HttpCall => ({
  url,
  timeoutSeconds: 10,
  mostBytes: () => 1_000,
  signal: never,
  ...more,
});

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('a call to an address of the rules', () => {
  it('sends what it is given and reads the answer', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(201, { 'retry-after': '7' }).end(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
      });
    });
    const answer = await local.call(to(`${url}/hook?a=1`, { method: 'POST', body: '{"ä":1}' }));
    expect(answer).toMatchObject({ status: 201, body: 'POST /hook?a=1 {"ä":1}', isCut: false, retryAfterSeconds: 7 });
  });

  it('may only open a connection, to nobody that it must not call and not for ever', async () => {
    let requests = 0;
    const url = await serve(() => (requests += 1));
    await local.connect(url, 5, never);
    expect(requests).toBe(0);
    await expect(local.connect(url, 5, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    await expect(new HttpCaller(strict).connect(url, 5, never)).rejects.toThrow(OutboundRefusedError);
    await expect(local.connect(url.replace('http:', 'https:'), 1, never)).rejects.toThrow();
    await expect(local.connect('file:///etc/passwd', 5, never)).rejects.toThrow(OutboundRefusedError);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://localhost:1/',
    'http://2130706433:1/',
    'http://0x7f.1:1/',
    'http://0177.0.0.1:1/',
    'http://[::1]:1/',
    'http://[::ffff:7f00:1]:1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'not an address',
  ])('is not made outside local mode to %s', async (url) => {
    await expect(new HttpCaller(strict).call(to(url))).rejects.toThrow(OutboundRefusedError);
  });

  it('does not repeat a password that an address carries', async () => {
    const refused = local.call(to('http://user:hunter22@example.com/'));
    await expect(refused).rejects.toThrow(OutboundRefusedError);
    await expect(refused).rejects.not.toThrow(/hunter22/);
  });

  it('is not made when one of a host’s addresses is refused, whichever would be taken', async () => {
    const resolve = async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '169.254.169.254', family: 4 },
    ];
    const called = new HttpCaller(strict, resolve).call(to('http://harmless.example/'));
    await expect(called).rejects.toThrow('harmless.example is not called: 169.254.169.254 hands out');
  });

  it('goes to the address that was checked, and asks no second time', async () => {
    const url = await serve((request, response) => response.end(request.headers.host));
    const port = new URL(url).port;
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const resolve = async () => {
      asked += 1;
      return [{ address: answers.shift() ?? '', family: 4 }];
    };
    const answer = await new HttpCaller(localOutboundPolicy, resolve).call(to(`http://rebinding.example:${port}/`));
    expect(answer.body).toBe(`rebinding.example:${port}`);
    expect(asked).toBe(1);
  });

  it('opens private networks that are given to it, and nothing else', async () => {
    const resolve = async () => [{ address: '10.8.0.1', family: 4 }];
    const caller = new HttpCaller(strict, resolve);
    await expect(caller.call(to('http://in.example/'))).rejects.toThrow(OutboundRefusedError);
    const opened = caller.withNetworks(['10.8.0.0/16']).call(to('http://in.example:1/', { timeoutSeconds: 0.2 }));
    // Whether anybody answers there is not asked.
    expect(await opened.catch((error: unknown) => error)).not.toBeInstanceOf(OutboundRefusedError);
  });

  it('takes a redirect for the answer that it is', async () => {
    let isReached = false;
    const elsewhere = await serve((_, response) => {
      isReached = true;
      response.end();
    });
    const url = await serve((_, response) => response.writeHead(302, { location: elsewhere }).end());
    expect((await local.call(to(url))).status).toBe(302);
    expect(isReached).toBe(false);
  });

  it('reads no more than the bound of an answer without an end', async () => {
    const url = await serve((_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', write);
      write();
    });
    const answer = await local.call(to(url));
    expect(answer).toMatchObject({ body: 'x'.repeat(1_000), isCut: true });
  });

  it('is given up when its time is over, also in the middle of an answer', async () => {
    const url = await serve((_, response) => {
      response.write('a');
    });
    await expect(local.call(to(url, { timeoutSeconds: 0.2 }))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is given up when its caller gives up', async () => {
    const url = await serve(() => undefined);
    const abort = new AbortController();
    const calling = local.call(to(url, { signal: abort.signal }));
    abort.abort(new Error('the lease is lost'));
    await expect(calling).rejects.toThrow('the lease is lost');
  });

  it('fails with what the connection failed with', async () => {
    const url = await serve(() => undefined);
    servers.pop()?.close();
    await expect(local.call(to(url))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('fails when the answer breaks off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(local.call(to(url))).rejects.toThrow();
  });
});
