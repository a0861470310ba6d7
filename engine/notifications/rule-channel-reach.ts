import { dirname, isAbsolute, join } from 'node:path';
import type { HttpCaller } from '../outbound/http-call.ts';
import type { NotificationChannel, Notifications } from '../rules/notification-schema.ts';
import { classifyError } from '../workflow/errors/classify-error.ts';
import { reachFolder } from '../storage/reach-folder.ts';
import { canDeliver } from './channels-that-wait.ts';
import { ChannelsUnreachableError, type ChannelReach } from './channel-reach.ts';
import type { ChannelWorld } from './rule-channels.ts';

const timeoutSeconds = 5;

export interface ChannelReachWorld extends Omit<ChannelWorld, 'http'> {
  readonly http: Pick<HttpCaller, 'connect'>;
  /** The notifications of the rules as they are now. */
  readonly notifications: () => Promise<Notifications>;
}

/** Looks at the channels of the rules: a connection is opened and closed again, a folder looked at, a secret looked for. */
export class RuleChannelReach implements ChannelReach {
  readonly #world: ChannelReachWorld;

  constructor(world: ChannelReachWorld) {
    this.#world = world;
  }

  async reach(signal: AbortSignal): Promise<readonly string[]> {
    const { enabled, channels } = await this.#world.notifications();
    if (!enabled) return [];
    const results = await Promise.allSettled(channels.map((channel) => this.#reachOne(channel, signal)));
    const problems = results.flatMap((result, index) => {
      if (result.status === 'fulfilled') return [];
      const reason: unknown = result.reason;
      return [{ reason, text: `${channels[index]?.name ?? ''}: ${classifyError(reason).message}` }];
    });
    if (problems.length > 0) {
      throw new ChannelsUnreachableError(
        problems.map(({ reason }) => reason),
        `cannot be reached: ${problems.map(({ text }) => text).join('; ')}`,
      );
    }
    return channels.map(({ name }) => name);
  }

  async #reachOne(channel: NotificationChannel, signal: AbortSignal): Promise<void> {
    const { folder, http, secret } = this.#world;
    if (!canDeliver(channel)) throw new Error(`${channel.kind} waits for outside services`);
    switch (channel.kind) {
      case 'file':
        await reachFolder(dirname(isAbsolute(channel.path) ? channel.path : join(folder, channel.path)));
        return;
      case 'webhook':
        if (channel.signingSecret !== undefined) secret(channel.signingSecret);
        await http.connect(channel.url, timeoutSeconds, signal);
        return;
    }
  }
}
