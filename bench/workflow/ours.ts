import { Pool } from 'pg';
import { connectStore, type StoreConnection } from '../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import { Draft, genesisHash } from '../../engine/workflow/draft.ts';
import type { Definition } from '../../engine/workflow/definition.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import { newPromotionId, slotResources } from '../../engine/workflow/run-promotion.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { StepRegistry } from '../../engine/workflow/step-registry.ts';
import { Worker } from '../../engine/workflow/worker.ts';
import { benchDefinition, benchSteps } from './bench-definition.ts';
import { Completion } from './completion.ts';
import { inParallel } from './in-parallel.ts';
import { stepCount, type RoundRequest, type Side } from './side.ts';

type Store = StoreConnection['store'];

/** The steps of this benchmark touch nothing outside; one that did would be told so. */
const noPorts = new Proxy({} as Ports, {
  get(_, name) {
    throw new Error(`no step of the benchmark may use the port ${String(name)}`);
  },
});

/** This engine as it is: its store, its worker, its audit trail. */
export class OurSide implements Side {
  readonly #connection: StoreConnection;
  readonly #watcher: Pool;

  constructor(connection: StoreConnection, watcher: Pool) {
    this.#connection = connection;
    this.#watcher = watcher;
  }

  static async open(url: string): Promise<OurSide> {
    return new OurSide(await connectStore({ url }), new Pool({ connectionString: url, max: 1 }));
  }

  async run({ round, count, concurrency }: RoundRequest): Promise<number> {
    const { store } = this.#connection;
    const applications = Array.from({ length: count }, (_, index) => `app-${round}-${String(index)}`);
    // Every promotion has a slot of its own, as promotions of as many applications do.
    await inParallel(count, concurrency, async (index) => {
      await registerApplication(store, applications[index] ?? '');
    });
    const completion = new Completion(count);
    const steps = benchSteps(() => {
      completion.count();
    });
    const definition = benchDefinition(steps);
    const failures: unknown[] = [];
    const worker = new Worker(
      {
        store,
        ports: noPorts,
        steps: new StepRegistry(steps),
        clock: new SystemClock(),
        stateVersion: engineStateVersion,
        random: Math.random,
      },
      { owner: 'bench', concurrency, lingerSeconds: 600, onError: (_, error) => failures.push(error) },
    );

    const started = performance.now();
    const working = worker.run();
    await inParallel(count, concurrency, async (index) => {
      await request(store, definition, applications[index] ?? '');
    });
    await completion.wait(() => this.#isCompleted(applications));
    const seconds = (performance.now() - started) / 1000;

    await worker.stop();
    await working;
    if (failures.length > 0) throw new AggregateError(failures, 'promotions of the benchmark failed');
    await this.#verify(applications);
    return seconds;
  }

  async close(): Promise<void> {
    await this.#watcher.end();
    await this.#connection.close();
  }

  async #isCompleted(applications: readonly string[]): Promise<boolean> {
    const { rows } = await this.#watcher.query<{ completed: string }>(
      `select count(*) as completed from promotion where application = any ($1) and state = 'COMPLETED_SUCCESSFULLY'`,
      [applications],
    );
    return Number(rows[0]?.completed) === applications.length;
  }

  /** A benchmark of work that was not done would be worth nothing. */
  async #verify(applications: readonly string[]): Promise<void> {
    const { rows } = await this.#watcher.query<{ promotions: string; steps: string; events: string; slots: string }>(
      `with mine as (select * from promotion where application = any ($1) and state = 'COMPLETED_SUCCESSFULLY')
       select (select count(*) from mine) as promotions,
         (select count(*) from step s join mine on s.promotion_id = mine.id where s.status = 'done') as steps,
         (select count(*) from event e join mine on e.promotion_id = mine.id where e.type = 'step-finished') as events,
         (select count(*) from resource_lock l join mine on l.promotion_id = mine.id) as slots`,
      [applications],
    );
    const count = applications.length;
    const expected = { promotions: count, steps: count * stepCount, events: count * stepCount, slots: 0 };
    for (const [name, wanted] of Object.entries(expected)) {
      const found = Number(rows[0]?.[name as keyof typeof expected]);
      if (found !== wanted) throw new Error(`the database holds ${String(found)} ${name}, not ${String(wanted)}`);
    }
  }
}

async function registerApplication(store: Store, application: string): Promise<void> {
  await store.createApplication(application);
  const digest = `sha256:${'0'.repeat(64)}`;
  const content = { images: [{ service: 'web', image: 'web', digest }], configuration: {}, flags: [] };
  await store.createRelease({ id: `rel-${application}`, application, name: 'v1', digest, content, createdBy: 'bench' });
}

async function request(store: Store, definition: Definition, application: string): Promise<void> {
  const at = new Date();
  const record: PromotionRecord = {
    id: newPromotionId(),
    application,
    releaseId: `rel-${application}`,
    fromEnvironment: 'dev',
    toEnvironment: 'staging',
    kind: 'promote',
    rollbackOf: undefined,
    isDryRun: false,
    lane: 'normal',
    overrides: [],
    state: 'INITIALIZING',
    parked: undefined,
    version: 0,
    fence: 0,
    eventSeq: 0,
    headHash: genesisHash,
    requestedBy: { id: 'bench', verified: false, roles: [], via: 'cli' },
    reason: undefined,
    definition,
    planHash: undefined,
    rollback: undefined,
    failure: undefined,
    holdsSlot: false,
    steps: definition.steps.map(({ name, version }, ordinal) => ({
      name,
      ordinal,
      version,
      status: 'pending',
      attempt: 0,
      startedAt: undefined,
      finishedAt: undefined,
      summary: undefined,
      output: undefined,
      checkpoint: undefined,
      error: undefined,
      compensation: undefined,
    })),
    stateVersion: engineStateVersion,
    createdAt: at,
    updatedAt: at,
    endedAt: undefined,
  };
  const draft = new Draft(record, at, engineStateVersion);
  draft.append('requested', record.requestedBy, {});
  draft.makeDue();
  const resources = slotResources(record);
  await store.createPromotion({
    record,
    resources,
    idempotencyKey: undefined,
    transition: draft.toTransition(undefined),
  });
}
