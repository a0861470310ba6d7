/** How patient a platform is; all in seconds. */
export interface PlatformTiming {
  /** From starting a process to its first readiness. */
  readonly startupTimeoutSeconds: number;
  /** For the requests in flight when an instance is replaced. */
  readonly drainTimeoutSeconds: number;
  /** Between SIGTERM and SIGKILL. */
  readonly stopGraceSeconds: number;
  /** Before the first restart of a crashed instance; doubles with each. */
  readonly restartBackoffSeconds: number;
  readonly maximumRestartBackoffSeconds: number;
  /** An instance that ran this long before it crashed starts the backoff anew. */
  readonly stableAfterSeconds: number;
  /** How often readiness is asked for while an instance starts. */
  readonly startupProbeIntervalSeconds: number;
  /** How often readiness is asked for afterwards. */
  readonly readinessIntervalSeconds: number;
  /** For one answer to a readiness question. */
  readonly probeTimeoutSeconds: number;
  /** How often the desired state is looked at even if the system reports no change of it. */
  readonly pollIntervalSeconds: number;
  /** How often what served before and could not come back is tried again. */
  readonly comeBackIntervalSeconds: number;
  /** How old the traffic in the status may be. */
  readonly statusIntervalSeconds: number;
  /** How often the metrics of services are read. */
  readonly metricsIntervalSeconds: number;
}

export const defaultPlatformTiming: PlatformTiming = {
  startupTimeoutSeconds: 30,
  drainTimeoutSeconds: 30,
  stopGraceSeconds: 10,
  restartBackoffSeconds: 0.5,
  maximumRestartBackoffSeconds: 30,
  stableAfterSeconds: 30,
  startupProbeIntervalSeconds: 0.1,
  readinessIntervalSeconds: 2,
  probeTimeoutSeconds: 2,
  pollIntervalSeconds: 2,
  comeBackIntervalSeconds: 2,
  statusIntervalSeconds: 0.5,
  metricsIntervalSeconds: 2,
};
