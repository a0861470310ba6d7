import { createHmac } from 'node:crypto';
import type { HttpCaller } from '../outbound/http-call.ts';
import type { Notification, Notifier } from './notifier.ts';

/** A receiver that does not answer is given up on for this time. */
const timeoutSeconds = 5;

/** The receiver answered, and not that it has taken the notification. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';
}

export interface WebhookOptions {
  readonly url: string;
  /** What requests are signed with; asked before each, so that a rotated secret works at once. Left out: unsigned. */
  readonly secret?: () => string;
  readonly http: Pick<HttpCaller, 'call'>;
}

/**
 * Posts each notification as JSON. With a secret, `promotion-signature` is `sha256=` and the HMAC-SHA-256, in hexadecimal,
 * of `promotion-timestamp`, a dot, and the body; the receiver computes it again, and refuses old timestamps.
 */
export class WebhookNotifier implements Notifier {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async deliver(notification: Notification, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { url, secret, http } = this.#options;
    const body = JSON.stringify(webhookBody(notification));
    const timestamp = new Date().toISOString();
    const signature = secret === undefined ? {} : { 'promotion-signature': sign(secret(), timestamp, body) };
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'promotion-process',
      'promotion-event': notification.event ?? notification.type,
      'promotion-event-id': notification.eventId,
      'promotion-timestamp': timestamp,
      ...signature,
    };
    const { status } = await http.call({
      url,
      method: 'POST',
      headers,
      body,
      timeoutSeconds,
      // What it answers beside the status is of no use.
      mostBytes: () => 0,
      signal,
    });
    if (status < 200 || status > 299) {
      throw new WebhookRefusedError(`${new URL(url).host} answered ${String(status)}`);
    }
  }
}

/** @returns `sha256=…`, as the header carries it. */
export function sign(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function webhookBody({
  eventId,
  event,
  type,
  severity,
  at,
  promotionId,
  application,
  environment,
  subject,
  data,
}: Notification) {
  return {
    id: eventId,
    event: event ?? type,
    severity,
    at: at.toISOString(),
    promotion: promotionId ?? null,
    application,
    environment,
    subject,
    data,
  };
}
