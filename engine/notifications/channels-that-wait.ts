import type { NotificationChannel, Notifications } from '../rules/notification-schema.ts';

/** A channel that can deliver. */
export type DeliveringChannel = Extract<NotificationChannel, { readonly kind: 'file' | 'webhook' }>;

/** Whether a channel can deliver; the others wait for outside services. */
export function canDeliver(channel: NotificationChannel): channel is DeliveringChannel {
  return channel.kind === 'file' || channel.kind === 'webhook';
}

/** The channels that cannot deliver yet, by name: a promotion whose news would go nowhere is refused. */
export function channelsThatWait({ enabled, channels }: Notifications): readonly string[] {
  if (!enabled) return [];
  return channels
    .filter((channel) => !canDeliver(channel))
    .map(({ kind, name }) => `the notification channel ${name} (${kind}), which waits for outside services`);
}
