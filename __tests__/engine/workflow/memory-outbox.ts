import type { Delivery, DeliveryOutcome, DeliveryStore } from '../../../engine/store/delivery-store.ts';
import type { OutboxRow } from '../../../engine/store/workflow-store.ts';

interface Kept extends Delivery {
  isDue: boolean;
  isOver: boolean;
  error: string | undefined;
  againInSeconds: number | undefined;
}

/** An outbox and its deliveries; the clock of it is moved by hand. */
export class MemoryOutbox {
  readonly deliveries: Omit<DeliveryStore, 'announce' | 'failing'> & { readonly kept: readonly Kept[] };
  #messages: readonly OutboxRow[];
  readonly #kept: Kept[] = [];
  /** What settling does instead, once. */
  breaksAtSettling = false;

  constructor(messages: readonly OutboxRow[]) {
    this.#messages = messages;
    this.deliveries = {
      kept: this.#kept,
      handOver: async (eventId, channels) => {
        const message = this.#messages.find((each) => each.eventId === eventId);
        if (message === undefined) return;
        this.#messages = this.#messages.filter((each) => each !== message);
        for (const channel of channels) {
          this.#kept.push({
            channel,
            message,
            attempts: 0,
            isDue: true,
            isOver: false,
            error: undefined,
            againInSeconds: undefined,
          });
        }
      },
      takeDeliveries: async (limit) => {
        const due = this.#kept.filter(({ isDue, isOver }) => isDue && !isOver).slice(0, limit);
        for (const each of due) Object.assign(each, { isDue: false, attempts: each.attempts + 1 });
        return due.map((each) => ({ ...each }));
      },
      settleDelivery: async (delivery, outcome: DeliveryOutcome) => {
        if (this.breaksAtSettling) {
          this.breaksAtSettling = false;
          throw new Error('connection lost');
        }
        const kept = this.#find(delivery);
        if (outcome.kind === 'delivered') Object.assign(kept, { isOver: true });
        else {
          const { error, againInSeconds } = outcome;
          Object.assign(kept, { error, againInSeconds, isOver: againInSeconds === undefined });
        }
      },
      returnDelivery: async (delivery) => {
        const kept = this.#find(delivery);
        Object.assign(kept, { isDue: true, attempts: kept.attempts - 1 });
      },
    };
  }

  takeOutbox(): Promise<readonly OutboxRow[]> {
    return Promise.resolve(this.#messages);
  }

  /** So much time passes that everything is due again. */
  waitLong(): void {
    for (const each of this.#kept) each.isDue = true;
  }

  #find({ channel, message }: Pick<Delivery, 'channel' | 'message'>): Kept {
    const kept = this.#kept.find((each) => each.channel === channel && each.message.eventId === message.eventId);
    if (kept === undefined) throw new Error('there is no such delivery');
    return kept;
  }
}
