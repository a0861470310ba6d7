import { Authorizer } from '../../../engine/authorization.ts';
import type { ServiceContext } from '../../../engine/service/service-context.ts';
import { connectStore, type StoreConnection } from '../../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../../engine/store/postgres/postgres-store.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { SystemClock } from '../../../engine/workflow/clock.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { newPromotionId, slotResources, type Engine } from '../../../engine/workflow/run-promotion.ts';
import type { StepDefinition } from '../../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { Worker, type WorkerOptions } from '../../../engine/workflow/worker.ts';
import { addRelease, load } from '../store/contract/store-fixture.ts';
import { sampleDefinition, samplePromotion } from './sample-promotion.ts';
import { unreachablePorts, unreachableTesting } from '../../support/unreachable-ports.ts';

export const operator: Actor = { id: 'olga@shop.example', verified: true, roles: ['operator'], via: 'cli' };

/** Waits that are over at once, so that no test waits for the clock. */
const shortRetries: Definition['retry'] = {
  maximumAttempts: 3,
  initialDelaySeconds: 0.01,
  multiplier: 2,
  maximumDelaySeconds: 1,
  jitter: 0,
};

/** Steps that run on a real store, with workers and commands as the real ones. */
export class Workshop {
  readonly store: PostgresStore;
  readonly errors: unknown[] = [];
  readonly #steps: readonly StepDefinition[];
  readonly #close: () => Promise<void>;

  private constructor({ store, close }: StoreConnection, steps: readonly StepDefinition[]) {
    this.store = store;
    this.#close = close;
    this.#steps = steps;
  }

  static async open(url: string, steps: readonly StepDefinition[]): Promise<Workshop> {
    return new Workshop(await connectStore({ url, maximumConnections: 6 }), steps);
  }

  /** What the service's commands work with. */
  get context(): ServiceContext {
    return {
      store: this.store,
      authorizer: new Authorizer(this.store, false),
      rules: { current: () => Promise.reject(new Error('no rules are needed here')) },
      steps: this.#steps,
      ports: unreachablePorts,
      testing: unreachableTesting,
      clock: new SystemClock(),
      stateVersion: 1,
      dispatch: () => Promise.resolve(),
    };
  }

  engine(more: Partial<Engine> = {}): Engine {
    return {
      store: this.store,
      // The steps of these tests reach for no port.
      ports: {} as Ports,
      steps: new StepRegistry(this.#steps),
      clock: new SystemClock(),
      stateVersion: 1,
      random: () => 0.5,
      ...more,
    };
  }

  async request(more: Partial<PromotionRecord> = {}, definition: Partial<Definition> = {}): Promise<string> {
    const compiled = sampleDefinition(this.#steps, { retry: shortRetries, ...definition });
    const at = new Date();
    const releaseId = await addRelease(this.store);
    const record = samplePromotion(compiled, {
      id: newPromotionId(),
      releaseId,
      createdAt: at,
      updatedAt: at,
      ...more,
    });
    const draft = new Draft(record, at, 1);
    draft.append('requested', record.requestedBy, {});
    draft.makeDue();
    const transition = draft.toTransition(undefined);
    return this.store.createPromotion({
      record,
      resources: slotResources(record),
      idempotencyKey: undefined,
      transition,
    });
  }

  worker(options: Partial<WorkerOptions> = {}, engine: Partial<Engine> = {}): Worker {
    return new Worker(this.engine(engine), {
      owner: 'worker',
      lingerSeconds: 0.5,
      onError: (_, error) => {
        this.errors.push(error);
      },
      ...options,
    });
  }

  /** Lets a worker run what is due, and what becomes due while it is there. */
  async work(options: Partial<WorkerOptions> = {}): Promise<void> {
    await this.worker(options).run();
  }

  load(id: string): Promise<PromotionRecord> {
    return load(this.store, id);
  }

  async eventTypes(id: string): Promise<readonly string[]> {
    return (await this.store.events(id)).map(({ type }) => type);
  }

  /** What was done of a kind, by step, in order. */
  async stepsOf(id: string, type: string): Promise<readonly unknown[]> {
    return (await this.store.events(id)).filter((event) => event.type === type).map(({ data }) => data['step']);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
