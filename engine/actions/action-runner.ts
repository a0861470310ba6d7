import type { Action } from '../rules/action-schema.ts';
import type { ActionFacts } from './action-facts.ts';

export interface ActionRequest {
  readonly action: Action;
  /** What the action is told of the promotion. */
  readonly facts: ActionFacts;
  /** Private networks that an HTTP action may reach outside local mode, in CIDR notation. */
  readonly privateNetworks: readonly string[];
  /** The lease under which it is run: of two runs of one key, the newer ends what the older left behind. */
  readonly fence: number;
  readonly signal: AbortSignal;
  /** Receives what it prints or answers, line by line, without its secrets. */
  readonly log: (line: string) => void;
}

/** How an action ended. */
export type ActionOutcome =
  | { readonly kind: 'succeeded'; readonly detail: string }
  /**
   * @property mayPass whether it said itself that trying again may help (exit status 75, HTTP 429 or 5xx).
   * @property timedOut whether it was ended because its time was over, so that it said neither yes nor no.
   */
  | { readonly kind: 'failed'; readonly detail: string; readonly mayPass: boolean; readonly timedOut?: true };

/**
 * Runs what the rules bring along: a command, a container or an HTTP call. Nothing can make its effects conditional, so
 * it may be run again under the same key (PROMOTION_KEY, Idempotency-Key), and has to recognise that itself.
 */
export interface ActionRunner {
  /** @throws when it could not be run at all: no such program, no such secret, a refused address. */
  run(request: ActionRequest): Promise<ActionOutcome>;
}

/** An action ran and did not succeed; trying again does not help. */
export class ActionFailedError extends Error {
  override readonly name = 'ActionFailedError';
}

/** An action ran, did not succeed, and says itself that it may later. */
export class ActionNotYetError extends Error {
  override readonly name = 'ActionNotYetError';
}
