import type { Clock } from '../../engine/workflow/clock.ts';

/** One thing that is done again and again beside everything else. */
export interface UpkeepTask {
  readonly everySeconds: number;
  /** How long the first time is away. Default: none. */
  readonly afterSeconds?: number;
  run(): Promise<unknown>;
}

/** What is done now and then while somebody ticks: each task when its time has come, one run of it at a time. */
export class LocalUpkeep {
  readonly #clock: Clock;
  readonly #tasks: readonly UpkeepTask[];
  readonly #dueAt = new Map<UpkeepTask, number>();
  readonly #running = new Set<Promise<unknown>>();

  constructor(clock: Clock, tasks: readonly UpkeepTask[]) {
    this.#clock = clock;
    this.#tasks = tasks;
    const now = clock.now().getTime();
    for (const task of tasks) this.#dueAt.set(task, now + (task.afterSeconds ?? 0) * 1000);
  }

  /** Starts what is due, and waits for nothing. A task that fails is tried again when it is due again. */
  inBackground(): void {
    const now = this.#clock.now().getTime();
    for (const task of this.#tasks) {
      if (now < (this.#dueAt.get(task) ?? 0)) continue;
      this.#dueAt.set(task, now + task.everySeconds * 1000);
      const running = task
        .run()
        .catch(() => undefined)
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#running);
  }
}
