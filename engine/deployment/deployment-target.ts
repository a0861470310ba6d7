import type { Effect } from '../workflow/fence.ts';

/**
 * A stage of a deployment that is no rolling one.
 * - `stopped`: nothing of the application runs; its addresses refuse every request until something else is desired.
 * - `beside`: the release runs beside what serves, whole, and gets no request.
 * - `switched`: it gets all of them, and what it follows is kept beside it, ready to take them back at once.
 */
export const deploymentStages = ['stopped', 'beside', 'switched'] as const;
export type DeploymentStage = (typeof deploymentStages)[number];

/** What should run in an environment. */
export interface DesiredDeployment {
  readonly application: string;
  readonly release: string;
  /** The configuration commit whose values the services get. */
  readonly configurationCommit: string;
  readonly services: readonly {
    readonly name: string;
    readonly repository: string;
    readonly digest: string;
  }[];
  /**
   * Share of the requests that the release gets, 1 to 99, while the instances it follows go on serving the rest. Left
   * out: it gets all of them, and the other instances are stopped. A service that nothing else serves gets no share.
   */
  readonly canaryPercentage?: number | undefined;
  /** Left out: it gets all requests, and whatever else runs is stopped. Never together with a canary's share. */
  readonly stage?: DeploymentStage | undefined;
}

export interface ServiceStatus {
  readonly name: string;
  /** The digest that serves requests now, a canary's share aside; undefined while nothing does. */
  readonly digest: string | undefined;
  readonly isReady: boolean;
  /** Where people and probes reach it. */
  readonly url: string;
  readonly restarts: number;
}

/** Requests that one side of a canary has finished with; those whose client left before its answer are not among them. */
export interface SideTraffic {
  readonly requests: number;
  /** Not answered, answered half, or answered with a server error (5xx). */
  readonly failed: number;
  /** From the arrival of a request to the first byte of its answer; undefined while there was none. */
  readonly meanResponseTimeMs: number | undefined;
}

/** The two sides of a service, or of all of them, since their requests are shared. */
export interface CanaryTraffic {
  /** What the new instances answered. */
  readonly canary: SideTraffic;
  /** What the old ones answered meanwhile. */
  readonly baseline: SideTraffic;
}

export interface CanaryServiceStatus extends CanaryTraffic {
  readonly name: string;
  /** The digest of the new instance. */
  readonly digest: string;
  /** Whether the new instance is; the old one's readiness is the service's own. */
  readonly isReady: boolean;
  /** Of the new instance. */
  readonly restarts: number;
}

/** A release beside the one it follows, over all services. */
export interface CanaryStatus extends CanaryTraffic {
  readonly percentage: number;
  /** Those whose requests are shared; none when the release changes nothing, or follows nothing. */
  readonly services: readonly CanaryServiceStatus[];
}

export interface DeploymentStatus {
  /** Grows with every accepted `apply`; the precondition of the next one. 0: nothing was ever deployed. */
  readonly generation: number;
  /** The generation the target has finished acting on, well or badly. */
  readonly observedGeneration: number;
  readonly desired: DesiredDeployment | undefined;
  readonly phase: 'empty' | 'progressing' | 'available' | 'failed';
  /** Why it failed, in the target's own words. */
  readonly message: string | undefined;
  readonly services: readonly ServiceStatus[];
  /** Requests the target itself saw since the newest apply, and how many of them it could not answer. */
  readonly traffic: { readonly requests: number; readonly failed: number };
  /** While a share of the requests is desired and the target acts on it. */
  readonly canary?: CanaryStatus | undefined;
  /** What runs without getting requests, each where it is reached itself: the release or, once switched, what it follows. */
  readonly beside?: readonly ServiceStatus[] | undefined;
}

export const deploymentEvents = [
  'accepted',
  'starting',
  'ready',
  /** The instance gets its share of the requests from here on. */
  'canary-ready',
  /** The instance gets no new request any more; one that is shifted to has not ended. */
  'canary-ended',
  'shifted',
  /** The instance gets no new request any more, and is kept to take them back at once. */
  'kept',
  'drained',
  'stopped',
  'available',
  'failed',
  'restarted',
] as const;

/** One thing that a target did on the way to a desired state. */
export interface DeploymentEvent {
  readonly event: (typeof deploymentEvents)[number];
  /** Left out: it is about the environment. */
  readonly service?: string | undefined;
  /** Why, where the event alone does not say it. */
  readonly message?: string | undefined;
}

/** Where an application runs in an environment; answers like a controller: desired state in, observed state out. */
export interface DeploymentTarget {
  status(environment: string, signal: AbortSignal): Promise<DeploymentStatus>;
  /** What was done for one generation so far, in order. Left out by targets that do not tell. */
  events?(environment: string, generation: number, signal: AbortSignal): Promise<readonly DeploymentEvent[]>;
  /**
   * Finds out whether a desired state would be accepted and acted on, without changing anything.
   * @throws what `apply` would fail with, or that nobody is there to act on it.
   */
  reach(environment: string, signal: AbortSignal): Promise<void>;
  /**
   * Accepts a desired state; the rolling switch (start, verify, shift, drain, stop) goes on after the answer.
   * Applying what is desired already changes nothing and answers the present generation.
   * @param expectedGeneration the generation the caller read.
   * @throws PreconditionFailedError, StaleFenceError
   */
  apply(
    environment: string,
    desired: DesiredDeployment,
    expectedGeneration: number,
    effect: Effect,
  ): Promise<{ readonly generation: number }>;
  /** Takes the environment's fence without changing anything else, so that whoever held it before can apply no more. */
  fence(environment: string, effect: Effect): Promise<void>;
}
