import type { Definition } from './definition.ts';

/** How patient one promotion is, where whoever asks for it knows better than the rules. */
export interface Timeouts {
  /** For every service of the target to start, and after the deployment to be healthy. */
  readonly startupSeconds?: number | undefined;
  /** For one answer to a health check. */
  readonly healthCheckSeconds?: number | undefined;
}

/** The definition with other timeouts; nothing that is checked changes, only how long it may take. */
export function withTimeouts(definition: Definition, { startupSeconds, healthCheckSeconds }: Timeouts): Definition {
  const { target } = definition;
  return {
    ...definition,
    target: {
      ...target,
      services: target.services.map((service) => ({
        ...service,
        startupTimeoutSeconds: startupSeconds ?? service.startupTimeoutSeconds,
        healthCheckTimeoutSeconds: healthCheckSeconds ?? service.healthCheckTimeoutSeconds,
      })),
    },
    steps: definition.steps.map((step) =>
      step.name !== 'verify' || startupSeconds === undefined
        ? step
        : { ...step, config: { ...step.config, timeoutSeconds: startupSeconds } },
    ),
  };
}
