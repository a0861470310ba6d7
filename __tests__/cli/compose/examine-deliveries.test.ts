import { expect } from '@jest/globals';
import { examineDeliveries } from '../../../cli/compose/examine-deliveries.ts';
import type { DeliveryStore, FailingChannel } from '../../../engine/store/delivery-store.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { rulesOf, rulesText } from '../../engine/service/service-fixture.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

const deliveries = (...failing: readonly FailingChannel[]) => ({
  deliveries: { failing: () => Promise.resolve(failing) } as unknown as DeliveryStore,
});
const chat = 'notifications: { channels: [{ kind: file, name: chat, path: chat.jsonl }] }\n';
const examined = (more: string, ...failing: readonly FailingChannel[]) =>
  findingsOf(examineDeliveries(doctorWorld({ rules: rulesOf(rulesText() + more), store: deliveries(...failing) })));

describe('notifications, as doctor sees them', () => {
  it('are well when a channel hears of approvals and takes everything', async () => {
    expect(await examined(chat)).toEqual([{ subject: 'notifications', level: 'ok', detail: 'chat took everything' }]);
  });

  it('that reach no approver are told, with where to name a channel', async () => {
    expect(await examined('')).toMatchObject([
      {
        level: 'warn',
        detail: expect.stringContaining('approvers learn of it by looking only'),
        remedy: expect.stringContaining('approval-required'),
      },
    ]);
    const routed = `notifications:\n  channels: [{ kind: file, name: chat, path: c }]\n  routes: [{ channels: [chat], events: [promotion-failed] }]\n`;
    expect(await examined(routed)).toMatchObject([{ level: 'warn' }]);
  });

  it('that a channel does not take are told, with since when and why', async () => {
    const failing = { channel: 'chat', count: 3, error: 'answered 410', since: afterStart(0) };
    expect(await examined(chat, failing)).toMatchObject([
      {
        subject: 'notifications · chat',
        level: 'fail',
        detail: `3 messages were not taken since ${afterStart(0).toISOString()}: answered 410`,
      },
    ]);
  });
});
