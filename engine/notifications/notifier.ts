import type { JsonObject } from '../json.ts';
import type { NotificationEvent, NotificationSeverity } from '../rules/notification-schema.ts';

/** One event for people or machines outside; a repeated delivery has the same id. */
export interface Notification {
  readonly eventId: string;
  /** The engine's own name of it. */
  readonly type: string;
  /** The name that the rules route it by; undefined: a newer engine announced what this one does not know. */
  readonly event: NotificationEvent | undefined;
  readonly severity: NotificationSeverity;
  readonly at: Date;
  /** Undefined: it belongs to no promotion. */
  readonly promotionId: string | undefined;
  readonly application: string;
  /** The target that it is about. */
  readonly environment: string;
  /** One line for people. */
  readonly subject: string;
  readonly data: JsonObject;
}

/** Delivers notifications; at least once, so receivers deduplicate by `eventId`. */
export interface Notifier {
  deliver(notification: Notification, signal: AbortSignal): Promise<void>;
}

/** Somebody who hears of some events: a channel of the rules, or local mode's journal. */
export interface Subscriber extends Notifier {
  /** Under this name it is remembered what it was told already. */
  readonly name: string;
  hears(notification: Notification): boolean;
}
