import type { EvidenceFact } from '../evidence/evidence.ts';

export type LoadFact = Extract<EvidenceFact, { kind: 'load' }>;

/** What a load test must show; all inclusive. */
export interface LoadLimits {
  readonly minimumRequestsPerSecond?: number | undefined;
  readonly maximumErrorRatePercent: number;
  readonly maximumP95Ms?: number | undefined;
}

export type LoadVerdict =
  | { readonly kind: 'good'; readonly detail: string }
  | { readonly kind: 'bad'; readonly detail: string }
  /** It does not say what is asked. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** Compares one load test with its limits. */
export function judgeLoad(fact: LoadFact, limits: LoadLimits): LoadVerdict {
  const { requestsPerSecond, errorRatePercent, p95Ms } = fact;
  const { minimumRequestsPerSecond = 0, maximumErrorRatePercent, maximumP95Ms } = limits;
  const failures: string[] = [];
  // Written so that a number that is none is not enough.
  if (!(requestsPerSecond >= minimumRequestsPerSecond)) {
    failures.push(`${String(requestsPerSecond)} requests/s, at least ${String(minimumRequestsPerSecond)} are asked`);
  }
  if (!(errorRatePercent <= maximumErrorRatePercent)) {
    failures.push(`${String(errorRatePercent)} % failed, allowed are ${String(maximumErrorRatePercent)} %`);
  }
  if (maximumP95Ms !== undefined && p95Ms !== undefined && !(p95Ms <= maximumP95Ms)) {
    failures.push(`p95 ${String(p95Ms)} ms, allowed are ${String(maximumP95Ms)} ms`);
  }
  if (failures.length > 0) return { kind: 'bad', detail: `load test of ${fact.tool}: ${failures.join(', ')}` };
  if (maximumP95Ms !== undefined && p95Ms === undefined) {
    return { kind: 'unknown', detail: `the load test of ${fact.tool} does not say its p95` };
  }
  const measured = `${String(requestsPerSecond)} requests/s, ${String(errorRatePercent)} % failed`;
  return { kind: 'good', detail: `load ${measured}` };
}
