import type { JsonObject } from '../json.ts';

/** One event for people or machines outside; a repeated delivery has the same id. */
export interface Notification {
  readonly eventId: string;
  readonly type: string;
  readonly at: Date;
  readonly promotionId: string;
  readonly application: string;
  readonly subject: string;
  readonly data: JsonObject;
}

/** Delivers notifications; at least once, so receivers deduplicate by `eventId`. */
export interface Notifier {
  deliver(notification: Notification, signal: AbortSignal): Promise<void>;
}
