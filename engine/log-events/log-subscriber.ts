import type { Notification, Subscriber } from '../notifications/notifier.ts';
import type { WorkflowStore } from '../store/workflow-store.ts';
import type { EventLog } from './event-log.ts';
import { isLogged, promotionEvents } from './promotion-events.ts';

/**
 * Writes what the outbox tells of promotions into the log of the installation, whatever the rules say of channels: alerts
 * need it. The outbox is why no line is lost with a run that dies, and why the lines come from whoever sweeps and not from
 * the run itself, whose output is text to the cloud's log.
 */
export class LogSubscriber implements Subscriber {
  // No channel of the rules can have this name.
  readonly name = '(event log)';
  readonly #store: Pick<WorkflowStore, 'load'>;
  readonly #log: EventLog;

  constructor(store: Pick<WorkflowStore, 'load'>, log: EventLog) {
    this.#store = store;
    this.#log = log;
  }

  hears(notification: Notification): boolean {
    return isLogged(notification);
  }

  async deliver(notification: Notification, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promotionId } = notification;
    const promotion = promotionId === undefined ? undefined : await this.#store.load(promotionId);
    // What was removed meanwhile ended longer ago than anything is kept.
    if (promotion !== undefined) await this.#log.write(promotionEvents(notification, promotion));
  }
}
