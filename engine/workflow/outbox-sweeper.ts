import type { JsonObject } from '../json.ts';
import type { Notifier } from '../notifications/notifier.ts';
import type { OutboxRow, WorkflowStore } from '../store/workflow-store.ts';

const batchSize = 50;
const leaseSeconds = 30;

/** Delivers what transitions left in the outbox: none is lost, one may be delivered twice under its own event id. */
export class OutboxSweeper {
  readonly #store: Pick<WorkflowStore, 'takeOutbox' | 'markSent'>;
  readonly #notifier: Notifier;

  constructor(store: Pick<WorkflowStore, 'takeOutbox' | 'markSent'>, notifier: Notifier) {
    this.#store = store;
    this.#notifier = notifier;
  }

  /** @returns how many were delivered. A message that cannot be delivered stays and is tried again later. */
  async sweep(signal: AbortSignal): Promise<number> {
    const rows = await this.#store.takeOutbox(batchSize, leaseSeconds);
    let delivered = 0;
    for (const row of rows) {
      try {
        await this.#notifier.deliver(toNotification(row), signal);
      } catch {
        continue;
      }
      await this.#store.markSent([row.eventId]);
      delivered += 1;
    }
    return delivered;
  }
}

function toNotification(row: OutboxRow) {
  const data = row.body as JsonObject;
  const application = typeof data['application'] === 'string' ? data['application'] : '';
  const to = typeof data['to'] === 'string' ? data['to'] : '';
  return {
    eventId: row.eventId,
    type: row.type,
    at: row.createdAt,
    promotionId: row.promotionId,
    application,
    subject: `${application} → ${to}: ${row.type}`,
    data,
  };
}
