import { isAbsolute, join } from 'node:path';
import type { HttpCaller } from '../outbound/http-call.ts';
import type { Notifications } from '../rules/notification-schema.ts';
import { canDeliver, type DeliveringChannel } from './channels-that-wait.ts';
import { FileNotifier } from './file-notifier.ts';
import type { Notification, Notifier, Subscriber } from './notifier.ts';
import { WebhookNotifier } from './webhook-notifier.ts';

export interface ChannelWorld {
  /** Where relative paths of `file` channels begin. */
  readonly folder: string;
  readonly http: Pick<HttpCaller, 'call'>;
  /** @throws when there is no secret of this name. */
  readonly secret: (name: string) => string;
}

/** The channels of the rules as subscribers: each hears what its routes say, and everything where there are no routes. */
export function ruleChannels({ enabled, channels, routes }: Notifications, world: ChannelWorld): readonly Subscriber[] {
  if (!enabled) return [];
  // A promotion that needs one of the others is refused when it is asked for.
  return channels.filter(canDeliver).map((channel) => {
    const notifier = notifierOf(channel, world);
    const own = routes.filter((route) => route.channels.includes(channel.name));
    return {
      name: channel.name,
      hears: (notification) => isNamed(notification, channel.name) || isRouted(notification, own, routes.length === 0),
      deliver: (notification, signal) => notifier.deliver(notification, signal),
    };
  });
}

/** Escalations name their channels themselves; a route cannot take them away. */
function isNamed({ data }: Notification, channel: string): boolean {
  const named = data['escalateTo'];
  return Array.isArray(named) && named.includes(channel);
}

function isRouted(
  { event, severity, environment }: Notification,
  routes: Notifications['routes'],
  hearsEverything: boolean,
): boolean {
  if (event === undefined) return false;
  if (hearsEverything) return true;
  return routes.some(
    (route) =>
      route.events.includes(event) &&
      route.severities.includes(severity) &&
      (route.environments.length === 0 || route.environments.includes(environment)),
  );
}

function notifierOf(channel: DeliveringChannel, { folder, http, secret }: ChannelWorld): Notifier {
  switch (channel.kind) {
    case 'file':
      return new FileNotifier(isAbsolute(channel.path) ? channel.path : join(folder, channel.path));
    case 'webhook': {
      const { url, signingSecret } = channel;
      return new WebhookNotifier({
        url,
        http,
        ...(signingSecret === undefined ? {} : { secret: () => secret(signingSecret) }),
      });
    }
  }
}
