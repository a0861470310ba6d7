import { isWhatGroup, type WhatGroup } from './what-groups.ts';
import { readWords } from '../../text/read-words.ts';

/** Which entries of the trail are looked at. */
export interface AuditSearch {
  readonly application?: string | undefined;
  readonly environment?: string | undefined;
  readonly by?: string | undefined;
  readonly what?: WhatGroup | undefined;
  /** How long ago at most, in hours. */
  readonly hours?: number | undefined;
  /** Whether what the engine does by itself is shown too. Default: only what people did. */
  readonly engine?: true | undefined;
}

/** The filters that an address names; what it says wrongly counts as not said. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { what, hours, engine } = search;
  return {
    ...readWords(search, 'application', 'environment', 'by'),
    ...(isWhatGroup(what) ? { what } : {}),
    ...(typeof hours === 'number' && hours > 0 && hours < 100_000 ? { hours } : {}),
    ...(engine === true ? { engine } : {}),
  };
}
