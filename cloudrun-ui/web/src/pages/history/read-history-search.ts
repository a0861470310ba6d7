import type { HistoryFilter, Outcome } from '../../api/queries.ts';
import { outcomeNames } from './outcome-names.ts';

/** The filters that an address names; what it says wrongly counts as not said. */
export function readHistorySearch(search: Record<string, unknown>): HistoryFilter {
  const { application, environment, outcome, hours } = search;
  return {
    ...(isWord(application) ? { application } : {}),
    ...(isWord(environment) ? { environment } : {}),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(typeof hours === 'number' && hours > 0 && hours < 100_000 ? { hours } : {}),
  };
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isOutcome(value: unknown): value is Outcome {
  return outcomeNames.some((name) => name === value);
}
