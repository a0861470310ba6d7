import { lstat, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { channelsThatWait } from '../../../engine/notifications/channels-that-wait.ts';
import type { Notification } from '../../../engine/notifications/notifier.ts';
import { ruleChannels } from '../../../engine/notifications/rule-channels.ts';
import { notificationsSchema } from '../../../engine/rules/notification-schema.ts';
import { news } from './notification-fixture.ts';

const { signal } = new AbortController();
const notCalled = { call: () => Promise.reject(new Error('nothing is called here')) };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'channels-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const channels = [
  { kind: 'file', name: 'all', path: 'news/all.jsonl' },
  { kind: 'file', name: 'on-call', path: 'news/on-call.jsonl' },
];
const heardBy = (rules: object, notification: Notification): readonly string[] =>
  ruleChannels(notificationsSchema.parse({ channels, ...rules }), {
    folder,
    http: notCalled,
    secret: () => 'secret',
  })
    .filter((each) => each.hears(notification))
    .map(({ name }) => name);

describe('the channels of the rules', () => {
  it('all hear everything when there are no routes', () => {
    expect(heardBy({}, news())).toEqual(['all', 'on-call']);
  });

  it('hear nothing when notifications are turned off', () => {
    expect(heardBy({ enabled: false }, news())).toEqual([]);
  });

  it('hear what one of their routes names by event, severity and environment together', () => {
    const routes = [
      { channels: ['all'] },
      { channels: ['on-call'], severities: ['critical', 'high'], environments: ['production'] },
      { channels: ['on-call'], events: ['rollback-failed'] },
    ];
    expect(heardBy({ routes }, news())).toEqual(['all']);
    expect(heardBy({ routes }, news({ environment: 'production' }))).toEqual(['all', 'on-call']);
    expect(heardBy({ routes }, news({ environment: 'production', severity: 'info' }))).toEqual(['all']);
    expect(heardBy({ routes }, news({ event: 'rollback-failed', severity: 'low' }))).toEqual(['all', 'on-call']);
  });

  it('hear nothing when no route names them', () => {
    expect(heardBy({ routes: [{ channels: ['all'] }] }, news())).toEqual(['all']);
  });

  it('hear an escalation that names them, whatever the routes say', () => {
    const routes = [{ channels: ['all'], events: ['promotion-started'] }];
    const escalation = news({ event: 'rollback-escalated', data: { escalateTo: ['on-call'] } });
    expect(heardBy({ routes }, escalation)).toEqual(['on-call']);
  });

  it('hear nothing that this engine does not know', () => {
    expect(heardBy({}, news({ event: undefined }))).toEqual([]);
  });

  it('write to files below the installation that only their owner may read', async () => {
    const [all] = ruleChannels(notificationsSchema.parse({ channels }), {
      folder,
      http: notCalled,
      secret: () => 'secret',
    });
    await all?.deliver(news(), signal);
    await all?.deliver(news({ eventId: 'pr-1-8' }), signal);
    const file = join(folder, 'news/all.jsonl');
    const ids = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Notification).eventId);
    expect(ids).toEqual(['pr-1-7', 'pr-1-8']);
    expect((await lstat(file)).mode & 0o777).toBe(0o600);
  });

  it('never write through a link that somebody put in the place of a file', async () => {
    await symlink(join(folder, 'elsewhere'), join(folder, 'news.jsonl'));
    const [channel] = ruleChannels(
      notificationsSchema.parse({ channels: [{ kind: 'file', name: 'all', path: 'news.jsonl' }] }),
      { folder, http: notCalled, secret: () => 'secret' },
    );
    await expect(channel?.deliver(news(), signal)).rejects.toThrow('ELOOP');
  });
});

describe('a channel that cannot deliver yet', () => {
  it('is named, by kind', () => {
    const rules = notificationsSchema.parse({
      channels: [...channels, { kind: 'slack', name: 'releases', webhookSecret: 'SLACK' }],
    });
    expect(channelsThatWait(rules)).toEqual([
      'the notification channel releases (slack), which waits for outside services',
    ]);
    expect(channelsThatWait({ ...rules, enabled: false })).toEqual([]);
  });
});
