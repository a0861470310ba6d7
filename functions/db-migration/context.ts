import type { LockPatience } from './changes/lock-retry.ts';
import type { Clock } from './clock.ts';
import type { Connections } from './connections.ts';

/** What the function is made of; the same for every call. */
export interface FunctionParts {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly patience: LockPatience;
  /** The longest that a call waits for another one that changes the same database. */
  readonly busyWaitSeconds: number;
  /** The longest that a statement which only reads a table's rows may take. */
  readonly readTimeoutSeconds: number;
  /** The folder of backups; undefined when none is configured. */
  readonly backupsFolder: string | undefined;
}

/** What one call works with. */
export interface CallContext extends FunctionParts {
  /** Aborted when the caller has gone. Only waiting stops: what has begun is finished and recorded. */
  readonly signal: AbortSignal;
}
