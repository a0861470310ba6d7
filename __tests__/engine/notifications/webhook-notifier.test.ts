import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sign, WebhookNotifier } from '../../../engine/notifications/webhook-notifier.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import { news } from './notification-fixture.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const { signal } = new AbortController();
let server: Server;
let url: string;
let received: Received[];
let answer: { status: number; headers?: Record<string, string>; body?: string };

beforeEach(async () => {
  received = [];
  answer = { status: 204 };
  server = createServer((request, response) => {
    text(request)
      .then((body) => {
        received.push({ headers: request.headers, body });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      })
      .catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const http = new HttpCaller(localOutboundPolicy);

describe('a webhook', () => {
  it('gets the event as JSON under its id', async () => {
    await new WebhookNotifier({ url, http }).deliver(news(), signal);
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'promotion-event': 'promotion-failed',
      'promotion-event-id': 'pr-1-7',
    });
    expect(received[0]?.headers['promotion-signature']).toBeUndefined();
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      id: 'pr-1-7',
      event: 'promotion-failed',
      severity: 'high',
      at: '2026-11-20T10:00:00.000Z',
      promotion: 'pr-1',
      application: 'shop',
      environment: 'staging',
      subject: 'shop → staging: v2 was not promoted: it failed',
      data: { release: 'v2' },
    });
  });

  it('can tell by the signature that nobody wrote or changed it on the way', async () => {
    await new WebhookNotifier({ url, http, secret: () => 'shared' }).deliver(news(), signal);
    const { headers, body } = received[0] ?? { headers: {}, body: '' };
    const timestamp = String(headers['promotion-timestamp']);
    expect(headers['promotion-signature']).toBe(sign('shared', timestamp, body));
    expect(sign('shared', timestamp, `${body} `)).not.toBe(headers['promotion-signature']);
    expect(sign('other', timestamp, body)).not.toBe(headers['promotion-signature']);
  });

  it('is not told when its secret is missing', async () => {
    const secret = () => {
      throw new Error('the environment variable HOOK_SECRET holds no secret');
    };
    await expect(new WebhookNotifier({ url, http, secret }).deliver(news(), signal)).rejects.toThrow('HOOK_SECRET');
    expect(received).toEqual([]);
  });

  it.each([199 + 101, 404, 500])('has not taken what it answers with %d', async (status) => {
    answer = { status };
    await expect(new WebhookNotifier({ url, http }).deliver(news(), signal)).rejects.toThrow(
      `answered ${String(status)}`,
    );
  });

  it('is never followed elsewhere', async () => {
    answer = { status: 302, headers: { location: 'http://169.254.169.254/' } };
    await expect(new WebhookNotifier({ url, http }).deliver(news(), signal)).rejects.toThrow('answered 302');
    expect(received).toHaveLength(1);
  });

  it('is taken at its status, however much it says', async () => {
    answer = { status: 200, body: 'x'.repeat(5_000_000) };
    await new WebhookNotifier({ url, http }).deliver(news(), signal);
    expect(received).toHaveLength(1);
  });

  it('that is gone is an error, and so is one that may not be called', async () => {
    const local = new HttpCaller({ ...localOutboundPolicy, allowsLoopback: false });
    const notifier = new WebhookNotifier({ url, http: local });
    await expect(notifier.deliver(news(), signal)).rejects.toThrow("the engine's own machine");
    expect(received).toEqual([]);
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    await expect(new WebhookNotifier({ url, http }).deliver(news(), signal)).rejects.toThrow('ECONNREFUSED');
  });

  it('must speak HTTP', async () => {
    const notifier = new WebhookNotifier({ url: 'ftp://127.0.0.1/hook', http });
    await expect(notifier.deliver(news(), signal)).rejects.toThrow('ftp: is not called');
  });
});
