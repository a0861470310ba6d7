import type { Chunk } from './plan-chunks.ts';

/** An index that is to be built, and how long that takes beside others. */
export interface ScheduledBuild<Build> {
  readonly table: number;
  readonly cost: number;
  readonly build: Build;
}

export type LoadTask<Build> =
  | { readonly kind: 'copy'; readonly chunk: Chunk }
  | { readonly kind: 'build'; readonly build: ScheduledBuild<Build> };

/**
 * What is done next by whoever has nothing to do. An index is built once all of its table's rows are there, and the costliest
 * first; as long as there are rows to copy, one session goes on copying them.
 */
export class LoadSchedule<Build> {
  readonly #sessions: number;
  readonly #chunks: Chunk[];
  readonly #builds: Map<number, ScheduledBuild<Build>[]>;
  readonly #left: Map<number, number>;
  readonly #ready: ScheduledBuild<Build>[] = [];
  #copying = 0;
  #building = 0;

  /**
   * @param tables all of them; one without any chunk left is ready for its indexes.
   * @param chunks in the order in which they are to be copied.
   * @param sessions how many work at once.
   */
  constructor(
    tables: readonly number[],
    chunks: readonly Chunk[],
    builds: readonly ScheduledBuild<Build>[],
    sessions: number,
  ) {
    this.#sessions = sessions;
    this.#chunks = [...chunks];
    this.#builds = Map.groupBy(builds, ({ table }) => table);
    this.#left = new Map(tables.map((table) => [table, 0]));
    for (const { table } of chunks) this.#left.set(table, (this.#left.get(table) ?? 0) + 1);
    for (const [table, left] of this.#left) if (left === 0) this.#release(table);
  }

  /** Undefined: there is nothing to do, until something that is being done is finished or, where nothing is, at all. */
  take(): LoadTask<Build> | undefined {
    const copiersLeft = this.#chunks.length === 0 ? this.#sessions : this.#sessions - 1;
    const [build] = this.#ready;
    if (build !== undefined && (this.#building < copiersLeft || this.#sessions === 1)) {
      this.#ready.shift();
      this.#building += 1;
      return { kind: 'build', build };
    }
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return undefined;
    this.#copying += 1;
    return { kind: 'copy', chunk };
  }

  finish(task: LoadTask<Build>): void {
    switch (task.kind) {
      case 'build':
        this.#building -= 1;
        return;
      case 'copy': {
        const { table } = task.chunk;
        const left = (this.#left.get(table) ?? 0) - 1;
        this.#copying -= 1;
        this.#left.set(table, left);
        if (left === 0) this.#release(table);
      }
    }
  }

  /** Whether nothing is left to do and nothing is being done. */
  get isDone(): boolean {
    return this.#chunks.length + this.#ready.length + this.#copying + this.#building === 0;
  }

  #release(table: number): void {
    this.#ready.push(...(this.#builds.get(table) ?? []));
    this.#ready.sort((one, other) => other.cost - one.cost);
  }
}
