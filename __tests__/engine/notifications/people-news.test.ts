import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { ruleChannels } from '../../../engine/notifications/rule-channels.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { alan, operator, promoter, rulesText } from '../service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(120_000);

/** `people` hears what its route asks for, `others` everything else that there is. */
const rest = `notifications:
  channels:
    - { kind: file, name: people, path: people.jsonl }
    - { kind: file, name: others, path: others.jsonl }
  routes:
    - { channels: [people], events: [approval-decided, approval-expired, hold-changed] }
    - { channels: [others], events: [promotion-started, approval-required, promotion-ended, promotion-succeeded] }
`;

let server: ScratchPostgres;
let running: RunningDesk;
let folder: string;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'people-news-'));
  const approvals = 'approvals: { stages: [{ name: SRE, roles: [approver], timeoutSeconds: 2h }] }';
  running = await RunningDesk.open(await server.createStoreDatabase(), `${rulesText(approvals)}${rest}`);
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
});
afterEach(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a channel was told so far, a line each. */
async function told(channel: 'people' | 'others') {
  const { store, rules } = running.desk;
  const world = { folder, http: { call: () => Promise.reject(new Error('no')) }, secret: () => '' };
  const sweeper = new OutboxSweeper(store, async () => ruleChannels(rules.notifications, world));
  await sweeper.sweep(new AbortController().signal);
  const text = await readFile(join(folder, `${channel}.jsonl`), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { event: string; severity: string; subject: string; data: object });
}
const subjects = async (channel: 'people' | 'others') =>
  (await told(channel)).map(({ event, severity, subject }) => [event, severity, subject]);

describe('a channel that asks for it hears', () => {
  it('of every decision, for and against, with the words that were said', async () => {
    const { id } = await running.promote({ release: 'v3', to: 'staging' });
    await running.desk.service.decide(alan, { promotionId: id, decision: 'rejected', comment: 'not on a Friday' });
    await running.work();
    running.desk.clock.advance(1);
    const again = await running.promote({ release: 'v3', to: 'staging' });
    await running.desk.service.decide(alan, { promotionId: again.id, decision: 'approved' });
    expect(await subjects('people')).toEqual([
      ['approval-decided', 'medium', 'shop → staging: alan@shop.example rejected (SRE): not on a Friday'],
      ['approval-decided', 'low', 'shop → staging: alan@shop.example approved (SRE)'],
    ]);
  });

  it('that nobody decided in time', async () => {
    const { id } = await running.promote({ release: 'v3', to: 'staging' });
    running.desk.clock.advance(2 * 3600);
    await running.work();
    expect((await running.desk.load(id)).state).toBe('EXPIRED');
    expect(await told('people')).toMatchObject([
      {
        event: 'approval-expired',
        severity: 'medium',
        subject: 'shop → staging: nobody decided in time: nobody completed the stage SRE in time',
        data: { promotionId: id },
      },
    ]);
    expect((await told('others')).map(({ event }) => event)).toContain('promotion-ended');
  });

  it('of every hold, of its change and of its end, by whom and why, once each', async () => {
    const { service, clock } = running.desk;
    const place = { application: '*', environment: 'staging' };
    const until = new Date(clock.now().getTime() + 3_600_000);
    await service.hold(operator, { ...place, reason: 'an incident' });
    await service.hold(operator, { ...place, reason: 'an incident' });
    clock.advance(1);
    await service.hold(operator, { ...place, reason: 'an incident', until });
    clock.advance(1);
    await service.unhold(operator, place);
    await expect(service.unhold(operator, place)).rejects.toThrow('is not held');
    const where = 'every application → staging';
    expect(await subjects('people')).toEqual([
      ['hold-changed', 'low', `${where}: ${operator.id} holds it: an incident`],
      ['hold-changed', 'low', `${where}: ${operator.id} holds it until ${until.toISOString()}: an incident`],
      ['hold-changed', 'low', `${where}: ${operator.id} released it from its hold`],
    ]);
    expect(await told('others')).toEqual([]);
  });

  it('of a hold nothing that was refused', async () => {
    const place = { application: 'shop', environment: 'staging' };
    await expect(running.desk.service.hold(promoter, { ...place, reason: 'mine' })).rejects.toThrow('hold needs');
    expect(await told('people')).toEqual([]);
  });
});
