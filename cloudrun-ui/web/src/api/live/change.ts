import type { StreamMessage } from './sse-parser.ts';

/** What has changed in the installation; what it is now, the API says. */
export interface Change {
  /** By their ids. */
  readonly promotions: ReadonlySet<string>;
  /** Whether something that belongs to no promotion did: a hold, a freeze, a role, a release. */
  readonly settings: boolean;
  /** Nobody knows what: news may have been missed. */
  readonly everything: boolean;
}

export const noChange: Change = { promotions: new Set(), settings: false, everything: false };
export const everyChange: Change = { promotions: new Set(), settings: true, everything: true };

/** What a message of the installation's stream says; one of another version says nothing. */
export function changeOf({ event, data }: StreamMessage): Change {
  if (event === 'reset') return everyChange;
  if (event !== 'change') return noChange;
  const { promotions, settings } = JSON.parse(data) as { promotions?: readonly string[]; settings?: boolean };
  return { promotions: new Set(promotions), settings: settings === true, everything: false };
}

/** Two changes as one. */
export function bothChanges(one: Change, other: Change): Change {
  if (one.everything || other.everything) return everyChange;
  return {
    promotions: new Set([...one.promotions, ...other.promotions]),
    settings: one.settings || other.settings,
    everything: false,
  };
}

export function isNoChange({ promotions, settings, everything }: Change): boolean {
  return promotions.size === 0 && !settings && !everything;
}
