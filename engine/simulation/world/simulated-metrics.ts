import type { EnvironmentObservation, MetricsSource, OpenAlerts, Span } from '../../metrics/metrics-source.ts';
import type { Clock } from '../../workflow/clock.ts';
import type { DeclaredFacts } from './declared-facts.ts';

/** Of each service; enough to judge a few seconds by. */
const requestsPerSecond = 100;
const longAgo = new Date(0);

/** What a scenario says that was measured, over any span. What it says nothing of was never measured. */
export class SimulatedMetrics implements MetricsSource {
  readonly #facts: DeclaredFacts;
  readonly #clock: Clock;
  readonly #services: readonly string[];

  constructor(facts: DeclaredFacts, clock: Clock, services: readonly string[]) {
    this.#facts = facts;
    this.#clock = clock;
    this.#services = services;
  }

  async observe(environment: string, { from, to }: Span): Promise<EnvironmentObservation> {
    const { metrics } = this.#facts.environment(environment);
    if (metrics === undefined) return { knownSince: undefined, services: [] };
    const seconds = Math.max(0, (to.getTime() - from.getTime()) / 1000);
    const requests = Math.ceil(seconds * requestsPerSecond);
    return {
      knownSince: longAgo,
      services: this.#services.map((service) => ({
        service,
        watchedSeconds: seconds,
        readySeconds: (seconds * metrics.availabilityPercent) / 100,
        longestGapSeconds: 0,
        countedSeconds: seconds,
        requests,
        failed: (requests * metrics.errorRatePercent) / 100,
        p95Ms: metrics.p95Ms,
        restarts: metrics.restarts,
        residentBytes: undefined,
        cpuPercent: undefined,
        lastSeenAt: to,
      })),
    };
  }

  async openAlerts(environment: string): Promise<OpenAlerts> {
    const { metrics } = this.#facts.environment(environment);
    if (metrics === undefined) return { evaluatedAt: undefined, alerts: [] };
    const since = this.#clock.now();
    return {
      evaluatedAt: since,
      alerts: metrics.criticalAlerts.map((detail) => ({
        id: detail,
        severity: 'critical',
        subject: environment,
        detail,
        since,
      })),
    };
  }
}
