import type { FailureLog } from './failure-log.ts';
import type { Interruption } from './interruption.ts';
import type { Session, SessionOptions } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface Waiter {
  now(): Date;
  /** Waits; less long when the signal comes, which is no error. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface LocalOptions {
  readonly context: CommandContext;
  readonly isJson: boolean;
}

/** Local mode, composed elsewhere and loaded only when asked for. Each answers its exit code. */
export interface LocalCommands {
  start(options: LocalOptions): Promise<number>;
  stop(): Promise<number>;
  serve(): Promise<number>;
}

/** What commands get from outside; tests give their own. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How this program is typed here, for the commands that it proposes: `promote`, `npm run promote --`. */
  readonly invocation: string;
  readonly clock: Waiter;
  readonly interruption: Interruption;
  readonly failures: FailureLog;
  readonly local: LocalCommands;
  openSession(options?: SessionOptions): Promise<Session>;
}
