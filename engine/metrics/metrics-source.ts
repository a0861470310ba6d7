export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What one service did and how it was within a span of time, as far as somebody watched. */
export interface ServiceObservation {
  readonly service: string;
  /** How much of the span was watched. What nobody watched counts neither as up nor as down. */
  readonly watchedSeconds: number;
  /** How much of what was watched it could take requests. */
  readonly readySeconds: number;
  /** The longest part of the span, its edges included, that nobody watched. */
  readonly longestGapSeconds: number;
  /** How much of what was watched its requests were counted; less than `watchedSeconds` when its metrics could not be read. */
  readonly countedSeconds: number;
  /** Requests of its users; probes and scrapes are none. */
  readonly requests: number;
  /** Of those, the ones that were answered with 5xx, or not at all. */
  readonly failed: number;
  /** The time within which 95 of 100 requests were answered; undefined when nothing was measured. */
  readonly p95Ms: number | undefined;
  /** How often an instance ended by itself and was started again. */
  readonly restarts: number;
  /** Resident memory when it was last seen. */
  readonly residentBytes: number | undefined;
  /** Of one processor, on average over the span; more than 100 with several. */
  readonly cpuPercent: number | undefined;
  readonly lastSeenAt: Date | undefined;
}

export interface EnvironmentObservation {
  /** Since when anything is known of the environment, perhaps long before the span; undefined: nothing ever was. */
  readonly knownSince: Date | undefined;
  readonly services: readonly ServiceObservation[];
}

export interface Alert {
  /** Equal for the same trouble looked at again. */
  readonly id: string;
  readonly severity: 'critical' | 'warning';
  /** What it is about: a service, or the environment. */
  readonly subject: string;
  /** One line: what was found against what is expected. */
  readonly detail: string;
  readonly since: Date;
}

export interface OpenAlerts {
  /** When somebody last looked whether there is reason for an alert; undefined: never. */
  readonly evaluatedAt: Date | undefined;
  readonly alerts: readonly Alert[];
}

/** What is known of how environments do: measured by whoever runs them, never by a promotion. */
export interface MetricsSource {
  /** @throws when what was measured cannot be read; nothing measured is an observation without services. */
  observe(environment: string, span: Span, signal: AbortSignal): Promise<EnvironmentObservation>;
  openAlerts(environment: string, signal: AbortSignal): Promise<OpenAlerts>;
}
