import type { Notification } from '../../../engine/notifications/notifier.ts';
import { moment } from '../workflow/sample-promotion.ts';

/** News of a failed promotion into staging, unless said otherwise. */
export function news(more: Partial<Notification> = {}): Notification {
  return {
    eventId: 'pr-1-7',
    type: 'promotion.failed',
    event: 'promotion-failed',
    severity: 'high',
    at: moment,
    promotionId: 'pr-1',
    application: 'shop',
    environment: 'staging',
    subject: 'shop → staging: v2 was not promoted: it failed',
    data: { release: 'v2' },
    ...more,
  };
}
