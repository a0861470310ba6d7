/** One look at a service. */
export interface ProbeResult {
  readonly url: string;
  /** HTTP status, or undefined when no answer came. */
  readonly status: number | undefined;
  readonly isHealthy: boolean;
  readonly responseTimeMs: number;
  /** Why it is not healthy, in the words of the service or of the connection. */
  readonly message: string | undefined;
}

/** Looks at services from outside, as their users reach them. */
export interface HealthProbe {
  probe(url: string, timeoutSeconds: number, signal: AbortSignal): Promise<ProbeResult>;
}
