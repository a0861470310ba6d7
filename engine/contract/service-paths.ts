/** URL paths that Scheduler, Pub/Sub, probes and other systems call on the services of the image. */
export const servicePaths = {
  /** Worker: due timers, dispatch and the outbox. POST, every minute. */
  tick: '/internal/tick',
  /** Worker: health of the environments of one pair. POST `{ environment, targetEnvironment }`. */
  healthCheck: '/internal/health-check',
  /** Worker: a hook that the hooks service put on its topic. POST, a Pub/Sub push envelope. */
  hookDelivery: '/internal/hooks',
  /** Hooks service: everything that it serves is below this. */
  hooks: '/hooks/',
  /** Every service: the process runs. */
  liveness: '/healthz',
  /** Every service: it can answer, its database included. */
  readiness: '/readyz',
} as const;

/** Place of one promotion in the UI. `latest` leads to the newest one of a path. */
export const uiPaths = {
  latestPromotion: (environment: string, targetEnvironment: string): string =>
    `/promotions/latest?from=${encodeURIComponent(environment)}&to=${encodeURIComponent(targetEnvironment)}`,
} as const;
