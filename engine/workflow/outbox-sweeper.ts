import type { Subscriber } from '../notifications/notifier.ts';
import { toNotification } from '../notifications/to-notification.ts';
import type { Delivery, DeliveryStore } from '../store/delivery-store.ts';
import type { OutboxRow, WorkflowStore } from '../store/workflow-store.ts';
import { causeText } from '../wording/cause-text.ts';

const batchSize = 50;
const leaseSeconds = 60;
const firstDelaySeconds = 10;
const longestDelaySeconds = 3600;
/** About a day of trying: whoever does not listen for so long has been replaced, or is not missed. */
const mostAttempts = 32;

/**
 * Delivers what transitions left in the outbox: every message is handed to each subscriber that hears it, and each of
 * them is told on its own. None is lost; one may be told twice under the same id.
 */
export class OutboxSweeper {
  readonly #outbox: Pick<WorkflowStore, 'takeOutbox'>;
  readonly #deliveries: Omit<DeliveryStore, 'announce' | 'failing'>;
  readonly #subscribers: () => Promise<readonly Subscriber[]>;

  /** @param subscribers asked whenever there is something to tell, because the rules may have changed. */
  constructor(
    store: Pick<WorkflowStore, 'takeOutbox'> & { readonly deliveries: Omit<DeliveryStore, 'announce' | 'failing'> },
    subscribers: () => Promise<readonly Subscriber[]>,
  ) {
    this.#outbox = store;
    this.#deliveries = store.deliveries;
    this.#subscribers = subscribers;
  }

  /**
   * @returns how many were delivered. What cannot be delivered stays and is tried again later.
   * @throws what asking for the subscribers throws; what was taken is told later.
   */
  async sweep(signal: AbortSignal): Promise<number> {
    const messages = await this.#outbox.takeOutbox(batchSize, leaseSeconds);
    if (messages.length > 0) await this.#handOver(messages, await this.#subscribers());
    const due = await this.#deliveries.takeDeliveries(batchSize, leaseSeconds);
    if (due.length === 0) return 0;
    const subscribers = await this.#subscribers();
    const byChannel = Map.groupBy(due, ({ channel }) => channel);
    const counts = await Promise.all(
      [...byChannel].map(([channel, deliveries]) =>
        this.#deliverAll(
          subscribers.find(({ name }) => name === channel),
          deliveries,
          signal,
        ),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async #handOver(messages: readonly OutboxRow[], subscribers: readonly Subscriber[]): Promise<void> {
    for (const row of messages) {
      const notification = toNotification(row);
      const names = subscribers.filter((each) => each.hears(notification)).map(({ name }) => name);
      await this.#deliveries.handOver(row.eventId, names);
    }
  }

  /** In order; once a channel does not answer, the rest of its news waits for the next sweep. */
  async #deliverAll(
    subscriber: Subscriber | undefined,
    deliveries: readonly Delivery[],
    signal: AbortSignal,
  ): Promise<number> {
    let delivered = 0;
    for (const [index, delivery] of deliveries.entries()) {
      if (subscriber === undefined) {
        const error = `the rules name no channel ${delivery.channel} any more`;
        await this.#deliveries.settleDelivery(delivery, { kind: 'failed', error, againInSeconds: undefined });
        continue;
      }
      const error: unknown = signal.aborted ? signal.reason : await this.#deliver(subscriber, delivery, signal);
      if (error === undefined) {
        delivered += 1;
        continue;
      }
      // Who ran out of time says nothing about the channel.
      if (signal.aborted) await this.#deliveries.returnDelivery(delivery);
      else await this.#fail(delivery, error);
      for (const later of deliveries.slice(index + 1)) await this.#deliveries.returnDelivery(later);
      break;
    }
    return delivered;
  }

  /** @returns what went wrong. @throws what the store throws: it is then told again under its id. */
  async #deliver(subscriber: Subscriber, delivery: Delivery, signal: AbortSignal): Promise<unknown> {
    try {
      await subscriber.deliver(toNotification(delivery.message), signal);
    } catch (error) {
      return error ?? new Error('refused without a reason');
    }
    await this.#deliveries.settleDelivery(delivery, { kind: 'delivered' });
    return undefined;
  }

  async #fail(delivery: Delivery, error: unknown): Promise<void> {
    const { attempts } = delivery;
    const againInSeconds =
      attempts >= mostAttempts ? undefined : Math.min(firstDelaySeconds * 2 ** (attempts - 1), longestDelaySeconds);
    const message = causeText(error);
    await this.#deliveries.settleDelivery(delivery, { kind: 'failed', error: message, againInSeconds });
  }
}
