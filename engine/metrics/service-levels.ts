import type { EnvironmentObservation, ServiceObservation, Span } from './metrics-source.ts';
import { formatDuration } from '../wording/format-duration.ts';

/** Below this many requests a share of failed ones says nothing. */
export const fewestRequestsToJudge = 20;
/** Below this a share of the time says nothing, unless the whole span is shorter. */
const fewestWatchedSeconds = 5;
/** A span that was watched less than this share of it, since anything is known, is not known. */
const leastWatchedShare = 0.5;

/** A measure, or why there is none: too little data is unknown, never 100 %. */
export type Measure =
  { readonly isKnown: true; readonly value: number } | { readonly isKnown: false; readonly why: string };

/** How an environment served its users over a span of time. */
export interface ServiceLevels {
  /** Share of the watched time in which a critical service could take requests; that of the worst one. */
  readonly availabilityPercent: Measure;
  /** Share of failed requests: of all services together, or of one that is asked often enough and does worse. */
  readonly errorRatePercent: Measure;
  /** That of the slowest service which is asked often enough. */
  readonly p95Ms: Measure;
  readonly requests: number;
  readonly failed: number;
  /** Of the service that was watched least. */
  readonly watchedSeconds: number;
  /** The oldest of the newest looks at each service. */
  readonly lastSeenAt: Date | undefined;
}

/** @param criticalServices those whose time counts for availability. */
export function serviceLevels(
  observation: EnvironmentObservation,
  span: Span,
  criticalServices: readonly string[],
): ServiceLevels {
  const { services } = observation;
  const of = (name: string): ServiceObservation | undefined => services.find(({ service }) => service === name);
  const seen = services.flatMap(({ lastSeenAt }) => lastSeenAt ?? []);
  return {
    availabilityPercent: worst(
      criticalServices.map((name) => availabilityOf(name, of(name), spanSeconds(observation, span))),
      Math.min,
      'there is no critical service to watch',
    ),
    errorRatePercent: errorRateOf(services),
    p95Ms: slowestOf(services),
    requests: sum(services, ({ requests }) => requests),
    failed: sum(services, ({ failed }) => failed),
    watchedSeconds: services.length === 0 ? 0 : Math.min(...services.map((service) => service.watchedSeconds)),
    lastSeenAt: seen.length === services.length ? seen.toSorted((a, b) => a.getTime() - b.getTime())[0] : undefined,
  };
}

/** How much of the span could have been watched: what lies before anything was known could not. */
function spanSeconds({ knownSince }: EnvironmentObservation, { from, to }: Span): number {
  const begin = Math.max(from.getTime(), knownSince?.getTime() ?? from.getTime());
  return Math.max(0, (to.getTime() - begin) / 1000);
}

function availabilityOf(name: string, observation: ServiceObservation | undefined, span: number): Measure {
  const { watchedSeconds = 0, readySeconds = 0 } = observation ?? {};
  const needed = Math.max(Math.min(fewestWatchedSeconds, span), span * leastWatchedShare);
  if (!(watchedSeconds > 0 && watchedSeconds >= needed)) {
    return unknown(
      `${name} was watched for ${formatDuration(watchedSeconds * 1000, 'down')} of ${formatDuration(span * 1000, 'up')}, which is too little`,
    );
  }
  return measured((readySeconds * 100) / watchedSeconds);
}

function errorRateOf(services: readonly ServiceObservation[]): Measure {
  const uncounted = services.find((each) => each.countedSeconds < each.watchedSeconds * leastWatchedShare);
  if (uncounted !== undefined) return unknown(`the requests of ${uncounted.service} were not counted most of the time`);
  const all = {
    requests: sum(services, ({ requests }) => requests),
    failed: sum(services, ({ failed }) => failed),
  };
  if (!(all.requests >= fewestRequestsToJudge)) {
    return unknown(`${String(all.requests)} requests, at least ${String(fewestRequestsToJudge)} are needed to judge`);
  }
  const judged = [all, ...services.filter(({ requests }) => requests >= fewestRequestsToJudge)];
  return measured(Math.max(...judged.map(({ requests, failed }) => (failed * 100) / requests)));
}

function slowestOf(services: readonly ServiceObservation[]): Measure {
  const busy = services.filter(({ requests }) => requests >= fewestRequestsToJudge);
  return worst(
    busy.map(({ service, p95Ms }) =>
      p95Ms === undefined ? unknown(`the answers of ${service} were not timed`) : measured(p95Ms),
    ),
    Math.max,
    `no service had ${String(fewestRequestsToJudge)} requests`,
  );
}

/** One that is not known makes the whole unknown. */
function worst(measures: readonly Measure[], choose: (...values: number[]) => number, whyNone: string): Measure {
  const missing = measures.find((measure) => !measure.isKnown);
  if (missing !== undefined) return missing;
  const values = measures.flatMap((measure) => (measure.isKnown ? [measure.value] : []));
  return values.length === 0 ? unknown(whyNone) : measured(choose(...values));
}

function measured(value: number): Measure {
  return Number.isFinite(value) ? { isKnown: true, value } : unknown(`${String(value)} is no measurement`);
}

function unknown(why: string): Measure {
  return { isKnown: false, why };
}

function sum(services: readonly ServiceObservation[], of: (service: ServiceObservation) => number): number {
  return services.reduce((total, service) => total + of(service), 0);
}
