import type { Notifications } from '../rules/notification-schema.ts';

/** The channels that cannot deliver yet, by name: a promotion whose news would go nowhere is refused. */
export function channelsThatWait({ enabled, channels }: Notifications): readonly string[] {
  if (!enabled) return [];
  return channels.flatMap(({ kind, name }) => {
    switch (kind) {
      case 'file':
      case 'webhook':
        return [];
      case 'slack':
      case 'teams':
      case 'email':
      case 'github':
      case 'pubsub':
      case 'google-monitoring':
        return [`the notification channel ${name} (${kind}), which waits for outside services`];
    }
  });
}
