import type { HistoryFilter, Outcome } from '../../api/queries.ts';
import { outcomeNames } from './outcome-names.ts';
import { readWords } from '../../text/read-words.ts';

/** The filters that an address names; what it says wrongly counts as not said. */
export function readHistorySearch(search: Record<string, unknown>): HistoryFilter {
  const { outcome, hours } = search;
  return {
    ...readWords(search, 'application', 'environment'),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(typeof hours === 'number' && hours > 0 && hours < 100_000 ? { hours } : {}),
  };
}

function isOutcome(value: unknown): value is Outcome {
  return outcomeNames.some((name) => name === value);
}
