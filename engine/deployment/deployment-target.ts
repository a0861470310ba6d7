import type { Effect } from '../workflow/fence.ts';

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
}

export interface ServiceStatus {
  readonly name: string;
  /** The digest that serves requests now; undefined while nothing does. */
  readonly digest: string | undefined;
  readonly isReady: boolean;
  /** Where people and probes reach it. */
  readonly url: string;
  readonly restarts: number;
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
}

/** Where an application runs in an environment; answers like a controller: desired state in, observed state out. */
export interface DeploymentTarget {
  status(environment: string, signal: AbortSignal): Promise<DeploymentStatus>;
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
}
