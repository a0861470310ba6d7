import type { Notification, Notifier } from '../../../engine/notifications/notifier.ts';
import type { OutboxRow } from '../../../engine/store/workflow-store.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { moment } from './sample-promotion.ts';

const { signal } = new AbortController();
const row = (eventId: string): OutboxRow => ({
  eventId,
  promotionId: 'pr-1',
  type: 'promotion.finished',
  body: { application: 'shop', to: 'staging', release: 'v2' },
  createdAt: moment,
  attempts: 1,
});

/** Gives what was not marked as sent, each time it is asked. */
class Outbox {
  #waiting: readonly OutboxRow[];

  constructor(...eventIds: readonly string[]) {
    this.#waiting = eventIds.map(row);
  }

  async takeOutbox(): Promise<readonly OutboxRow[]> {
    return this.#waiting;
  }

  async markSent(eventIds: readonly string[]): Promise<void> {
    this.#waiting = this.#waiting.filter(({ eventId }) => !eventIds.includes(eventId));
  }
}

class Receiver implements Notifier {
  readonly received: Notification[] = [];
  readonly refuses = new Set<string>();

  async deliver(notification: Notification): Promise<void> {
    if (this.refuses.has(notification.eventId)) throw new Error('the receiver is down');
    this.received.push(notification);
  }
}

describe('the sweeper', () => {
  it('delivers what waits, once, in words for people and data for machines', async () => {
    const [outbox, receiver] = [new Outbox('e-1', 'e-2'), new Receiver()];
    const sweeper = new OutboxSweeper(outbox, receiver);
    expect(await sweeper.sweep(signal)).toBe(2);
    expect(await sweeper.sweep(signal)).toBe(0);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]).toEqual({
      eventId: 'e-1',
      type: 'promotion.finished',
      at: moment,
      promotionId: 'pr-1',
      application: 'shop',
      subject: 'shop → staging: promotion.finished',
      data: { application: 'shop', to: 'staging', release: 'v2' },
    });
  });

  it('keeps what the receiver refuses, delivers the rest, and tries again under the same id', async () => {
    const [outbox, receiver] = [new Outbox('e-1', 'e-2', 'e-3'), new Receiver()];
    receiver.refuses.add('e-2');
    const sweeper = new OutboxSweeper(outbox, receiver);
    expect(await sweeper.sweep(signal)).toBe(2);
    receiver.refuses.clear();
    expect(await sweeper.sweep(signal)).toBe(1);
    expect(receiver.received.map(({ eventId }) => eventId)).toEqual(['e-1', 'e-3', 'e-2']);
  });

  it('delivers again what it could not mark as sent, so that nothing is lost', async () => {
    const [outbox, receiver] = [new Outbox('e-1'), new Receiver()];
    const forgetful = {
      takeOutbox: () => outbox.takeOutbox(),
      markSent: () => Promise.reject(new Error('connection lost')),
    };
    await expect(new OutboxSweeper(forgetful, receiver).sweep(signal)).rejects.toThrow('connection lost');
    await new OutboxSweeper(outbox, receiver).sweep(signal);
    expect(receiver.received.map(({ eventId }) => eventId)).toEqual(['e-1', 'e-1']);
  });
});
