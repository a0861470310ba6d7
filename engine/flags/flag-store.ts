import type { FlagDefinition } from '../release.ts';
import type { Effect } from '../workflow/fence.ts';

/** A flag in one environment: the definition that travels and the state that stays. */
export interface Flag extends FlagDefinition {
  readonly isEnabled: boolean;
  /** Share of requests that see it when enabled, 0 to 100. */
  readonly percentage: number;
}

export interface FlagSet {
  /** Names this exact content; the precondition of the next write. */
  readonly revision: string;
  readonly flags: readonly Flag[];
}

/** The feature-flag service of an environment. */
export interface FlagStore {
  /** Finds out whether the flags can be read and written, without changing anything. @throws what either would fail with */
  reach(environment: string, signal: AbortSignal): Promise<void>;
  read(environment: string, signal: AbortSignal): Promise<FlagSet>;
  /**
   * Replaces the set. What is set already is not written again, and only takes the fence.
   * @throws PreconditionFailedError when the revision is another, StaleFenceError
   */
  write(environment: string, flags: readonly Flag[], expectedRevision: string, effect: Effect): Promise<FlagSet>;
  /** Takes the environment's fence without changing anything else, so that whoever held it before can write no more. */
  fence(environment: string, effect: Effect): Promise<void>;
}
