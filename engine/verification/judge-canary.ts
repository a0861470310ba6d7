import { fewestCanaryRequests } from '../rules/fewest-canary-requests.ts';
import type { CanaryStatus, CanaryTraffic } from '../deployment/deployment-target.ts';

export interface CanaryLimits {
  readonly minimumSuccessPercent: number;
  readonly maximumErrorRatePercent?: number | undefined;
}

/**
 * `unknown` and `undecided` may still become either. Once there is no more time, an undecided one counts as bad; against an
 * unknown one nothing is known, too few requests came and none of them failed.
 */
export type CanaryVerdict =
  { readonly kind: 'good' } | { readonly kind: 'unknown' | 'undecided' | 'bad'; readonly reason: string };

/** One failed request may have been anybody's fault; before the end it takes a second one. */
const fewestFailuresToJudge = 2;
/** From so many failures on, a rate that the limits allow is still too high when the old instances do much better. */
const fewestFailuresToCompare = 5;
const markedlyMoreErrors = { factor: 2, points: 1 };
/** Means over fewer requests follow single slow ones, and instances that have just started are slower. */
const fewestRequestsToCompareTimes = 100;
const markedlySlower = { factor: 2, milliseconds: 200 };

/**
 * Judges a canary by what it answered since it began: all services together, and each of them, because one that fails
 * little-used requests hides behind a busy one. Whether there were enough requests is asked of all together: not every
 * service is called by itself.
 */
export function judgeCanary(status: CanaryStatus, limits: CanaryLimits): CanaryVerdict {
  const named = status.services.length > 1 ? status.services : [];
  const reasons = [...named.map((service) => badness(service.name, service, limits)), badness('', status, limits)];
  const [reason] = reasons.filter((each) => each !== undefined);
  if (reason !== undefined) return { kind: 'bad', reason };

  const { requests, failed } = status.canary;
  if (requests < fewestCanaryRequests) {
    const seen = `${trafficText(status)}; at least ${String(fewestCanaryRequests)} of the canary are needed to judge it`;
    return { kind: failed === 0 ? 'unknown' : 'undecided', reason: `too little traffic: ${seen}` };
  }
  const allowed = allowedErrorPercent(limits);
  if (isMore(percent(failed, requests), allowed)) return { kind: 'undecided', reason: tooMany(status, allowed) };
  return { kind: 'good' };
}

/** `3 of 412 requests of the canary failed, 0 of 3,708 of the old instances`. */
export function trafficText({ canary, baseline }: CanaryTraffic): string {
  const share = ({ requests, failed }: CanaryTraffic['canary']): string => `${counted(failed)} of ${counted(requests)}`;
  return `${share(canary)} requests of the canary failed, ${share(baseline)} of the old instances`;
}

/** @returns what condemns a canary at once. */
function badness(service: string, traffic: CanaryTraffic, limits: CanaryLimits): string | undefined {
  const { canary, baseline } = traffic;
  const of = service === '' ? '' : `${service}: `;
  // Requests that are missing to judge count as good ones: what is too bad even so need not be waited for.
  const errorPercent = percent(canary.failed, Math.max(canary.requests, fewestCanaryRequests));
  const allowed = allowedErrorPercent(limits);
  if (canary.failed >= fewestFailuresToJudge && isMore(errorPercent, allowed)) return of + tooMany(traffic, allowed);

  const baselinePercent = percent(baseline.failed, baseline.requests);
  if (
    canary.failed >= fewestFailuresToCompare &&
    baseline.requests >= fewestCanaryRequests &&
    isMore(errorPercent, baselinePercent * markedlyMoreErrors.factor) &&
    isMore(errorPercent, baselinePercent + markedlyMoreErrors.points)
  ) {
    return `${of}it fails markedly more than the old instances: ${trafficText(traffic)}`;
  }

  const [ours, theirs] = [canary.meanResponseTimeMs, baseline.meanResponseTimeMs];
  if (
    ours !== undefined &&
    theirs !== undefined &&
    Math.min(canary.requests, baseline.requests) >= fewestRequestsToCompareTimes &&
    ours > theirs * markedlySlower.factor &&
    ours > theirs + markedlySlower.milliseconds
  ) {
    return `${of}it is markedly slower than the old instances: ${rounded(ours)} ms on average instead of ${rounded(theirs)} ms`;
  }
  return undefined;
}

function tooMany(traffic: CanaryTraffic, allowed: number): string {
  const { requests, failed } = traffic.canary;
  const found = percent(failed, requests).toFixed(2);
  return `${found} % of its requests failed, allowed are ${String(Number(allowed.toFixed(6)))} % (${trafficText(traffic)})`;
}

/** Both limits say the same in two ways; the stricter one holds. */
export function allowedErrorPercent({ minimumSuccessPercent, maximumErrorRatePercent }: CanaryLimits): number {
  return Math.min(100 - minimumSuccessPercent, maximumErrorRatePercent ?? 100);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}

/** A limit that is met exactly is met, although 100 - 99.9 is a little less than 0.1. */
function isMore(left: number, right: number): boolean {
  return left > right + 1e-9;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}

function rounded(value: number): string {
  return String(Math.round(value));
}
