import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpActionRunner } from '../../../engine/actions/http-action-runner.ts';
import { localOutboundPolicy, OutboundRefusedError } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import { ofKind, requestFor, secrets, secretValue } from './action-requests.ts';

const seen: {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  body: string;
}[] = [];
let server: Server;
let base: string;
let answer: { status: number; headers?: Record<string, string>; body: string };

beforeEach(async () => {
  seen.length = 0;
  answer = { status: 200, body: '' };
  server = createServer((request, response) => {
    const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: '' };
    seen.push(entry);
    request.on('data', (chunk: Buffer) => (entry.body += chunk.toString()));
    request.on('end', () => response.writeHead(answer.status, answer.headers).end(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

async function run(
  action: object,
  more: Parameters<typeof requestFor>[1] = {},
  caller = new HttpCaller(localOutboundPolicy),
) {
  const { request, lines } = requestFor({ kind: 'http', url: `${base}/hook`, ...action }, more);
  return { outcome: await new HttpActionRunner(caller, secrets).run(ofKind(request, 'http'), request), lines };
}

describe('an HTTP call of the rules', () => {
  it('tells of the promotion under a key that is the same at every attempt', async () => {
    answer.body = 'queued\n';
    const { outcome, lines } = await run({
      bearerTokenSecret: 'DEPLOY_TOKEN',
      headers: { 'X-Where': '<app> in <env>' },
    });
    expect(outcome).toEqual({ kind: 'succeeded', detail: 'HTTP 200 OK' });
    expect(lines).toEqual(['HTTP 200', 'queued']);
    expect(seen).toMatchObject([
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secretValue}`,
          'idempotency-key': 'pr-1:warm-cache',
          'content-type': 'application/json',
          'x-where': 'shop in staging',
        },
      },
    ]);
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ TO_ENV: 'staging', RELEASE: 'v2' });
  });

  it('puts names into its address so that they stay what they are', async () => {
    const { request } = requestFor({ kind: 'http', url: `${base}/<env>/<release>`, method: 'GET' });
    const facts = { ...request.facts, RELEASE: 'v2/../../admin?x=1#y' };
    await run({ url: `${base}/<env>/<release>`, method: 'GET' }, { facts });
    expect(seen).toMatchObject([{ method: 'GET', url: '/staging/v2%2F..%2F..%2Fadmin%3Fx%3D1%23y', body: '' }]);
  });

  it.each([
    [400, false],
    [404, false],
    [429, true],
    [500, true],
    [503, true],
  ])('fails by HTTP %d', async (status, mayPass) => {
    answer = { status, body: 'because' };
    const { outcome } = await run({});
    expect(outcome).toMatchObject({ kind: 'failed', mayPass });
    expect(outcome.detail).toMatch(new RegExp(`^HTTP ${String(status)} .*: because$`));
  });

  it('does not follow a redirect', async () => {
    answer = { status: 307, headers: { location: 'http://169.254.169.254/' }, body: '' };
    expect((await run({})).outcome).toMatchObject({ kind: 'failed', mayPass: false });
    expect(seen).toHaveLength(1);
  });

  it('leaves no secret in the log when the answer repeats it', async () => {
    answer = { status: 500, body: `you said Bearer ${secretValue}` };
    const { outcome, lines } = await run({ bearerTokenSecret: 'DEPLOY_TOKEN' });
    expect(JSON.stringify([outcome, lines])).not.toContain(secretValue);
  });

  it('reaches no machine of its own outside local mode', async () => {
    const strict = new HttpCaller({ allowsLoopback: false, privateNetworks: [] });
    await expect(run({}, {}, strict)).rejects.toThrow(OutboundRefusedError);
    expect(seen).toHaveLength(0);
  });

  it('needs an address with a host', async () => {
    await expect(run({ url: '/hook' })).rejects.toThrow('/hook is no address');
  });
});
