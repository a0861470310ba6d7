import { redactSecrets } from '../workflow/errors/redact-secrets.ts';
import type { Clock } from '../workflow/clock.ts';
import type { EventLog } from './event-log.ts';

/** One thing that every tick does. */
export interface TickTask {
  readonly name: string;
  run(): Promise<unknown>;
}

/**
 * What the scheduler calls once a minute: does everything that nobody waits for, one after the other, and says that it did.
 * A task that fails keeps no other from running; it is run again by the next tick.
 */
export class Tick {
  readonly #tasks: readonly TickTask[];
  readonly #log: EventLog;
  readonly #clock: Clock;

  constructor(tasks: readonly TickTask[], log: EventLog, clock: Clock) {
    this.#tasks = tasks;
    this.#log = log;
    this.#clock = clock;
  }

  /** @throws AggregateError of what failed, after everything was tried and the log has it. */
  async run(): Promise<void> {
    const begun = this.#clock.now();
    const errors: unknown[] = [];
    const failures: string[] = [];
    for (const task of this.#tasks) {
      try {
        await task.run();
      } catch (error) {
        errors.push(error);
        failures.push(`${task.name}: ${firstLine(error)}`);
      }
    }
    const at = this.#clock.now();
    const [tasks, failedTasks] = [this.#tasks.length, failures.length];
    const durationSeconds = (at.getTime() - begun.getTime()) / 1000;
    const message =
      failedTasks === 0
        ? `tick: ${String(tasks)} tasks`
        : `tick: ${String(failedTasks)} of ${String(tasks)} tasks failed`;
    const fields = { tasks, failedTasks, failures: failures.join('; '), durationSeconds };
    await this.#log.write([{ event: 'tick', id: `tick-${String(at.getTime())}`, at, message, fields }]);
    if (errors.length > 0) throw new AggregateError(errors, failures.join('; '));
  }
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return redactSecrets(message.split('\n')[0] ?? '');
}
