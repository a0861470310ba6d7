import type { OutboxRow } from './workflow-store.ts';

/** A message on its way to one channel. */
export interface Delivery {
  readonly channel: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
  readonly message: OutboxRow;
}

export type DeliveryOutcome =
  | { readonly kind: 'delivered' }
  /** @param again when to try again; undefined: never. */
  | { readonly kind: 'failed'; readonly error: string; readonly againInSeconds: number | undefined };

/** A channel that messages did not get through to. */
export interface FailingChannel {
  readonly channel: string;
  /** How many messages are not delivered after an attempt, those that were given up included. */
  readonly count: number;
  /** What the newest attempt failed with. */
  readonly error: string;
  /** When the oldest of these messages came about. */
  readonly since: Date;
}

/** Which channel has been told of what. */
export interface DeliveryStore {
  /** Hands a message to channels, and takes it out of the outbox: both or neither. Handed twice, each hears it once. */
  handOver(eventId: string, channels: readonly string[]): Promise<void>;
  /** Due deliveries, oldest first; one that is not settled within the lease is given to the next who asks. */
  takeDeliveries(limit: number, leaseSeconds: number): Promise<readonly Delivery[]>;
  settleDelivery(delivery: Pick<Delivery, 'channel' | 'message'>, outcome: DeliveryOutcome): Promise<void>;
  /** Gives a delivery back untried: its attempt does not count, and it is due as before. */
  returnDelivery(delivery: Pick<Delivery, 'channel' | 'message'>): Promise<void>;
  /** Channels that did not take what was sent to them, the oldest trouble first. */
  failing(): Promise<readonly FailingChannel[]>;
  /** Puts a message into the outbox that belongs to no transition; the same id again changes nothing. */
  announce(message: Omit<OutboxRow, 'attempts'>): Promise<void>;
}
