import type {
  Alert,
  EnvironmentObservation,
  MetricsSource,
  OpenAlerts,
  ServiceObservation,
  Span,
} from '../../engine/metrics/metrics-source.ts';

/** A service that was watched for the whole span and did nothing wrong. */
export function observed(service: string, span: Span, more: Partial<ServiceObservation> = {}): ServiceObservation {
  const seconds = (span.to.getTime() - span.from.getTime()) / 1000;
  return {
    service,
    watchedSeconds: seconds,
    readySeconds: more.watchedSeconds ?? seconds,
    longestGapSeconds: 0,
    countedSeconds: more.watchedSeconds ?? seconds,
    requests: 1000,
    failed: 0,
    p95Ms: 80,
    restarts: 0,
    residentBytes: 50_000_000,
    cpuPercent: 5,
    lastSeenAt: span.to,
    ...more,
  };
}

/** Answers what a test says was measured; without a word of the test, nothing ever was. */
export class MemoryMetrics implements MetricsSource {
  /** What each environment answers for a span. */
  observations: Readonly<Record<string, (span: Span) => Partial<EnvironmentObservation>>> = {};
  alerts: Readonly<Record<string, OpenAlerts>> = {};
  readonly asked: { readonly environment: string; readonly span: Span }[] = [];

  async observe(environment: string, span: Span): Promise<EnvironmentObservation> {
    this.asked.push({ environment, span });
    const answer = this.observations[environment]?.(span);
    return { knownSince: answer === undefined ? undefined : new Date(0), services: [], ...answer };
  }

  async openAlerts(environment: string): Promise<OpenAlerts> {
    return this.alerts[environment] ?? { evaluatedAt: undefined, alerts: [] };
  }
}

export function alert(id: string, more: Partial<Alert> = {}): Alert {
  return { id, severity: 'critical', subject: 'api', detail: `${id} is wrong`, since: new Date(0), ...more };
}
