import type { Notification, Subscriber } from '../../../engine/notifications/notifier.ts';
import type { OutboxRow } from '../../../engine/store/workflow-store.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { MemoryOutbox } from './memory-outbox.ts';
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
const outboxOf = (...eventIds: readonly string[]) => new MemoryOutbox(eventIds.map(row));

class Receiver implements Subscriber {
  readonly name: string;
  readonly received: Notification[] = [];
  readonly refuses = new Set<string>();

  constructor(name = 'news') {
    this.name = name;
  }

  hears(): boolean {
    return true;
  }

  async deliver(notification: Notification): Promise<void> {
    if (this.refuses.has(notification.eventId)) throw new Error('the receiver is down');
    this.received.push(notification);
  }

  get ids(): readonly string[] {
    return this.received.map(({ eventId }) => eventId);
  }
}

const sweeperOf = (outbox: MemoryOutbox, ...subscribers: readonly Subscriber[]) =>
  new OutboxSweeper(outbox, () => Promise.resolve(subscribers));

describe('the sweeper', () => {
  it('delivers what waits, once, in words for people and data for machines', async () => {
    const [outbox, receiver] = [outboxOf('e-1', 'e-2'), new Receiver()];
    const sweeper = sweeperOf(outbox, receiver);
    expect(await sweeper.sweep(signal)).toBe(2);
    expect(await sweeper.sweep(signal)).toBe(0);
    expect(receiver.ids).toEqual(['e-1', 'e-2']);
    expect(receiver.received[0]).toEqual({
      eventId: 'e-1',
      type: 'promotion.finished',
      event: 'promotion-succeeded',
      severity: 'info',
      at: moment,
      promotionId: 'pr-1',
      application: 'shop',
      environment: 'staging',
      subject: 'shop → staging: v2 was promoted',
      data: { application: 'shop', to: 'staging', release: 'v2' },
    });
  });

  it('keeps what a receiver refuses and tries again under the same id, later each time', async () => {
    const [outbox, receiver] = [outboxOf('e-1'), new Receiver()];
    receiver.refuses.add('e-1');
    const sweeper = sweeperOf(outbox, receiver);
    const delays: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await sweeper.sweep(signal)).toBe(0);
      delays.push(outbox.deliveries.kept[0]?.againInSeconds);
      outbox.waitLong();
    }
    expect(delays).toEqual([10, 20, 40]);
    expect(outbox.deliveries.kept[0]?.error).toBe('the receiver is down');
    receiver.refuses.clear();
    expect(await sweeper.sweep(signal)).toBe(1);
    expect(receiver.ids).toEqual(['e-1']);
  });

  it('tells one receiver nothing twice because another is down', async () => {
    const outbox = outboxOf('e-1', 'e-2');
    const [well, sick] = [new Receiver('well'), new Receiver('sick')];
    sick.refuses.add('e-1');
    const sweeper = sweeperOf(outbox, well, sick);
    await sweeper.sweep(signal);
    sick.refuses.clear();
    outbox.waitLong();
    await sweeper.sweep(signal);
    expect(well.ids).toEqual(['e-1', 'e-2']);
    expect([...sick.ids].sort()).toEqual(['e-1', 'e-2']);
  });

  it('does not call a receiver that has just refused again, and counts no attempt for what was not tried', async () => {
    const [outbox, receiver] = [outboxOf('e-1', 'e-2'), new Receiver()];
    receiver.refuses.add('e-1');
    await sweeperOf(outbox, receiver).sweep(signal);
    expect(outbox.deliveries.kept.map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it('gives up after a day of trying, and says why', async () => {
    const [outbox, receiver] = [outboxOf('e-1'), new Receiver()];
    receiver.refuses.add('e-1');
    const sweeper = sweeperOf(outbox, receiver);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      await sweeper.sweep(signal);
      outbox.waitLong();
    }
    expect(outbox.deliveries.kept[0]).toMatchObject({ attempts: 32, isOver: true, error: 'the receiver is down' });
  });

  it('delivers again what it could not mark as told, so that nothing is lost', async () => {
    const [outbox, receiver] = [outboxOf('e-1'), new Receiver()];
    outbox.breaksAtSettling = true;
    await expect(sweeperOf(outbox, receiver).sweep(signal)).rejects.toThrow('connection lost');
    outbox.waitLong();
    await sweeperOf(outbox, receiver).sweep(signal);
    expect(receiver.ids).toEqual(['e-1', 'e-1']);
  });

  it('forgets what was meant for a channel that the rules no longer have', async () => {
    const outbox = outboxOf('e-1');
    const receiver = new Receiver('old');
    receiver.refuses.add('e-1');
    await sweeperOf(outbox, receiver).sweep(signal);
    outbox.waitLong();
    await sweeperOf(outbox, new Receiver('new')).sweep(signal);
    expect(outbox.deliveries.kept).toMatchObject([{ isOver: true, error: 'the rules name no channel old any more' }]);
  });

  it('asks for the channels only when there is something to tell, and loses nothing when they cannot be known', async () => {
    const outbox = outboxOf('e-1');
    const broken = new OutboxSweeper(outbox, () => Promise.reject(new Error('the rules are wrong')));
    await expect(broken.sweep(signal)).rejects.toThrow('the rules are wrong');
    const receiver = new Receiver();
    await sweeperOf(outbox, receiver).sweep(signal);
    expect(receiver.ids).toEqual(['e-1']);
    await expect(broken.sweep(signal)).resolves.toBe(0);
  });

  it('stops when its time is over, and holds that against nobody', async () => {
    const outbox = outboxOf('e-1', 'e-2');
    const ending = new AbortController();
    const slow: Subscriber = {
      name: 'slow',
      hears: () => true,
      deliver: () => {
        ending.abort(new Error('time is over'));
        return Promise.reject(new Error('time is over'));
      },
    };
    expect(await sweeperOf(outbox, slow).sweep(ending.signal)).toBe(0);
    expect(outbox.deliveries.kept.map(({ attempts, isDue }) => [attempts, isDue])).toEqual([
      [0, true],
      [0, true],
    ]);
  });
});
