import type { Clock } from '../engine/workflow/clock.ts';
import type { FailureLog } from './failure-log.ts';
import type { Interruption } from './interruption.ts';
import type { RulesTests } from './rules-tests.ts';
import type { AuditFiles, Session, SessionOptions } from './session.ts';
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

export interface LocalStartOptions extends LocalOptions {
  /** The rules whose local environments are brought up. Default: the sample's own, with a good and a bad promotion. */
  readonly rules?: string | undefined;
  /** Default: the only one that the rules name. */
  readonly application?: string | undefined;
  /** Names or aliases of environments to start, or `all`. Default: those of the first path. */
  readonly environments?: readonly string[];
}

export interface LocalBringOptions extends LocalOptions {
  /** A release of the sample application. */
  readonly release: string;
}

export interface LocalClockOptions extends LocalOptions {
  readonly advanceSeconds?: number | undefined;
  readonly until?: Date | undefined;
  /** For the audit trail. */
  readonly reason?: string | undefined;
}

export interface UiOptions {
  readonly context: CommandContext;
  readonly address: string;
  readonly port: number;
}

/** Local mode, composed elsewhere and loaded only when asked for. Each answers its exit code. */
export interface LocalCommands {
  start(options: LocalStartOptions): Promise<number>;
  /** Puts a release where releases come in, as a team's own pipeline does. */
  bring(options: LocalBringOptions): Promise<number>;
  /** Says what the time is here, and moves it forward when asked to. */
  clock(options: LocalClockOptions): Promise<number>;
  stop(options: LocalOptions): Promise<number>;
  serve(): Promise<number>;
  /** Serves the UI of an installation, this machine's or another database's, until it is ended. */
  ui(options: UiOptions): Promise<number>;
}

/** What commands get from outside; tests give their own. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How this program is typed here, for the commands that it proposes: `promote`, `npm run promote --`. */
  readonly invocation: string;
  /** Where logs and backups go that nobody named a place for. */
  readonly logFolder: string;
  /** The installation's time, which somebody may have moved ahead. */
  readonly clock: Waiter;
  /** What the time is on this machine, as everybody reads it there: for the names of files. */
  readonly machineClock: Clock;
  readonly interruption: Interruption;
  readonly failures: FailureLog;
  readonly local: LocalCommands;
  readonly rulesTests: RulesTests;
  readonly auditFiles: AuditFiles;
  /** The rules file that local mode was last started with here; undefined when it never was. */
  installedRules(): Promise<string | undefined>;
  openSession(options?: SessionOptions): Promise<Session>;
}
