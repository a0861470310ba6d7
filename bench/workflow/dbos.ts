import { DBOS } from '@dbos-inc/dbos-sdk';
import { Pool } from 'pg';
import { Completion } from './completion.ts';
import { inParallel } from './in-parallel.ts';
import { stepCount, stepResult, type RoundRequest, type Side } from './side.ts';

/** Its default, one second, would hold a queue of twenty to twenty workflows a second. */
const queuePollingIntervalMs = 20;
const queueName = 'bench';

/** How workflows are started: all put into a queue at once, or so many at a time that twenty run. */
export type DbosMode = 'queue' | 'direct';

/** DBOS as its documentation shows it, with a pool and a queue that are large enough for the concurrency asked for. */
export class DbosSide implements Side {
  readonly #mode: DbosMode;
  readonly #workflow: (round: string) => Promise<number>;
  readonly #watcher: Pool;
  readonly #completions: Map<string, Completion>;

  private constructor(
    mode: DbosMode,
    workflow: (round: string) => Promise<number>,
    watcher: Pool,
    completions: Map<string, Completion>,
  ) {
    this.#mode = mode;
    this.#workflow = workflow;
    this.#watcher = watcher;
    this.#completions = completions;
  }

  static async open(url: string, mode: DbosMode, concurrency: number): Promise<DbosSide> {
    const completions = new Map<string, Completion>();
    DBOS.setConfig({
      name: 'bench',
      systemDatabaseUrl: url,
      systemDatabasePoolSize: concurrency,
      logLevel: 'error',
      applicationVersion: 'bench',
    });
    const workflow = DBOS.registerWorkflow(
      async (round: string) => {
        let answered = 0;
        for (let index = 0; index < stepCount; index += 1) {
          const result = await DBOS.runStep(async () => stepResult(index), { name: `step-${String(index + 1)}` });
          answered += result.step > 0 ? 1 : 0;
        }
        completions.get(round)?.count();
        return answered;
      },
      { name: 'ten-steps' },
    );
    await DBOS.launch();
    if (mode === 'queue') {
      await DBOS.registerQueue(queueName, {
        workerConcurrency: concurrency,
        minPollingIntervalMs: queuePollingIntervalMs,
      });
    }
    return new DbosSide(mode, workflow, new Pool({ connectionString: url, max: 1 }), completions);
  }

  async run({ round, count, concurrency }: RoundRequest): Promise<number> {
    const completion = new Completion(count);
    this.#completions.set(round, completion);
    const started = performance.now();
    await inParallel(count, concurrency, async (index) => {
      const workflowID = idOf(round, index);
      if (this.#mode === 'queue') {
        await DBOS.startWorkflow(this.#workflow, { workflowID, queueName })(round);
      } else {
        const handle = await DBOS.startWorkflow(this.#workflow, { workflowID })(round);
        await handle.getResult();
      }
    });
    await completion.wait(() => this.#isCompleted(round, count));
    const seconds = (performance.now() - started) / 1000;
    this.#completions.delete(round);
    await this.#verify(round, count);
    return seconds;
  }

  async close(): Promise<void> {
    await DBOS.shutdown();
    await this.#watcher.end();
  }

  async #isCompleted(round: string, count: number): Promise<boolean> {
    const { rows } = await this.#watcher.query<{ completed: string }>(
      `select count(*) as completed from dbos.workflow_status where workflow_uuid = any ($1) and status = 'SUCCESS'`,
      [idsOf(round, count)],
    );
    return Number(rows[0]?.completed) === count;
  }

  async #verify(round: string, count: number): Promise<void> {
    const { rows } = await this.#watcher.query<{ steps: string }>(
      `select count(*) as steps from dbos.operation_outputs where workflow_uuid = any ($1) and output is not null`,
      [idsOf(round, count)],
    );
    const found = Number(rows[0]?.steps);
    if (found !== count * stepCount) {
      throw new Error(`the database holds ${String(found)} steps, not ${String(count * stepCount)}`);
    }
  }
}

function idOf(round: string, index: number): string {
  return `${round}-${String(index)}`;
}

function idsOf(round: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => idOf(round, index));
}
