import type { DeliveryStore } from '../store/delivery-store.ts';
import type { WaitingStore } from '../store/waiting-store.ts';
import type { Clock } from '../workflow/clock.ts';

/** Told to the log alone; people were told when it began to wait. */
export const approvalWaitingType = 'approval.waiting';

/** A working morning: who is asked has seen it by then, or nobody looks. */
export const approvalWaitsTooLongSeconds = 4 * 3600;
const batchSize = 200;

/** Tells of promotions that have waited for an approval for too long, once for each such time that has passed. */
export class WaitingApprovals {
  readonly #store: { readonly waiting: WaitingStore; readonly deliveries: Pick<DeliveryStore, 'announce'> };
  readonly #clock: Clock;
  readonly #tooLongSeconds: number;

  /** @param tooLongSeconds default 4 hours. */
  constructor(
    store: { readonly waiting: WaitingStore; readonly deliveries: Pick<DeliveryStore, 'announce'> },
    clock: Clock,
    tooLongSeconds = approvalWaitsTooLongSeconds,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#tooLongSeconds = tooLongSeconds;
  }

  /** @returns how many have waited too long, those told of before included. */
  async sweep(): Promise<number> {
    const now = this.#clock.now();
    const before = new Date(now.getTime() - this.#tooLongSeconds * 1000);
    const waiting = await this.#store.waiting.approvals(before, batchSize);
    for (const { promotionId, application, from, environment, detail, since } of waiting) {
      const waitedSeconds = (now.getTime() - since.getTime()) / 1000;
      const times = Math.floor(waitedSeconds / this.#tooLongSeconds);
      await this.#store.deliveries.announce({
        // The outbox keeps one message of an id, so every sweep may say it.
        eventId: `${promotionId}-approval-waiting-${String(since.getTime())}-${String(times)}`,
        promotionId,
        type: approvalWaitingType,
        body: { promotionId, application, from, to: environment, detail, waitedSeconds },
        createdAt: now,
      });
    }
    return waiting.length;
  }
}
