/** Whether those who are told of promotions can be told. */
export interface ChannelReach {
  /**
   * Finds out, without telling anybody anything.
   * @returns the names of the channels. @throws ChannelsUnreachableError naming each that cannot be reached, and why.
   */
  reach(signal: AbortSignal): Promise<readonly string[]>;
}

/** Channels of the rules that would hear nothing. */
export class ChannelsUnreachableError extends AggregateError {
  override readonly name = 'ChannelsUnreachableError';
}
