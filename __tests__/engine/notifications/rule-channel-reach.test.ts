import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RuleChannelReach } from '../../../engine/notifications/rule-channel-reach.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import { notificationsSchema } from '../../../engine/rules/notification-schema.ts';

const { signal } = new AbortController();
let folder: string;
let server: Server;
let received: string;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'channel-reach-'));
  received = '';
  server = createServer((socket) => {
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const reach = (channels: readonly object[], more: object = {}) =>
  new RuleChannelReach({
    folder,
    http: new HttpCaller(localOutboundPolicy),
    secret: (name) => {
      throw new Error(`the environment variable ${name} holds no secret`);
    },
    notifications: async () => notificationsSchema.parse({ channels, ...more }),
  }).reach(signal);

describe('the channels of the rules', () => {
  it('are reached without being told anything', async () => {
    const channels = [
      { kind: 'webhook', name: 'chat', url },
      { kind: 'file', name: 'log', path: 'news/all.jsonl' },
    ];
    await expect(reach(channels)).resolves.toEqual(['chat', 'log']);
    expect(received).toBe('');
    expect(await readdir(folder)).toEqual([]);
    await expect(reach(channels, { enabled: false })).resolves.toEqual([]);
  });

  it('that cannot be reached are named, all of them, with the reason', async () => {
    await writeFile(join(folder, 'news'), '');
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const reaching = reach([
      { kind: 'webhook', name: 'chat', url: `http://127.0.0.1:${String(port)}/` },
      { kind: 'webhook', name: 'signed', url, signingSecret: 'HOOK_SECRET' },
      { kind: 'file', name: 'log', path: 'news/all.jsonl' },
      { kind: 'webhook', name: 'fine', url },
    ]);
    await expect(reaching).rejects.toThrow(
      /^cannot be reached: chat: nothing listens at .* \(original error: connect ECONNREFUSED.*\); signed: the environment variable HOOK_SECRET.*; log: .*news is no folder/,
    );
  });
});
