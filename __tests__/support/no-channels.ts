import type { ChannelReach } from '../../engine/notifications/channel-reach.ts';

/** For tests in which nobody is told of anything. */
export const noChannels: ChannelReach = { reach: async () => [] };
