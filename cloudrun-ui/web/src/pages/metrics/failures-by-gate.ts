import { counted } from '../../text/counted.ts';
import type { Statistics } from './metrics-query.ts';

/** How often one gate kept promotions from going on, and where. */
export interface GateFailures {
  readonly gate: string;
  readonly count: number;
  /** Where most often first. */
  readonly places: string;
}

/** The most frequent first. */
export function failuresByGate(failures: Statistics['validationFailures']): readonly GateFailures[] {
  const byGate = Map.groupBy(failures, ({ gate }) => gate);
  return [...byGate]
    .map(([gate, own]) => ({
      gate,
      count: own.reduce((sum, { count }) => sum + count, 0),
      places: own
        .toSorted((one, other) => other.count - one.count)
        .map(({ application, environment, count }) => `${application} → ${environment} ${counted(count, 'time')}`)
        .join(', '),
    }))
    .toSorted((one, other) => other.count - one.count || one.gate.localeCompare(other.gate));
}
