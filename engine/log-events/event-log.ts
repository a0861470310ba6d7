import type { LogEventName, LogFieldsOf } from '../contract/log-events.ts';

/** Something that happened, as the log of the installation tells it. */
export type LoggedEvent = {
  readonly [Name in LogEventName]: {
    readonly event: Name;
    /** The same whenever the same thing is told, so that a repetition is recognised. */
    readonly id: string;
    readonly at: Date;
    /** One line for people. */
    readonly message: string;
    readonly fields: LogFieldsOf<Name>;
  };
}[LogEventName];

/** Where metrics and alerts of the installation are made from. */
export interface EventLog {
  /** @throws when it cannot be written; whoever can writes it again, under the same id. */
  write(events: readonly LoggedEvent[]): Promise<void>;
}
