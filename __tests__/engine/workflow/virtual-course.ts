import { Authorizer } from '../../../engine/authorization.ts';
import type { Schedule } from '../../../engine/schedule/schedule.ts';
import type { ServiceContext } from '../../../engine/service/service-context.ts';
import { awaitWindow } from '../../../engine/steps/await-window.ts';
import { confirmWindow } from '../../../engine/steps/confirm-window.ts';
import { connectStore, type StoreConnection } from '../../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../../engine/store/postgres/postgres-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { newPromotionId, PromotionRun, slotResources, type Engine } from '../../../engine/workflow/run-promotion.ts';
import type { StepContext, StepDefinition } from '../../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { unreachablePorts, unreachableTesting } from '../../support/unreachable-ports.ts';
import { addRelease, load } from '../store/contract/store-fixture.ts';
import { sampleDefinition, samplePromotion, sampleStep } from './sample-promotion.ts';

export const start = new Date('2026-11-20T10:00:00.000Z');
export const later = (hours: number): Date => new Date(start.getTime() + hours * 3_600_000);

export const always: Schedule = { windows: [], freezes: [], hold: undefined };

/** Promotions that run through the real windows on a real store, while the clock stands still until a test moves it. */
export class VirtualCourse {
  readonly store: PostgresStore;
  readonly clock = new VirtualClock(start);
  /** What each promotion did outside, in order. */
  readonly effects: string[] = [];
  readonly #close: () => Promise<void>;
  readonly #steps: readonly StepDefinition[];
  /** How the next deployments go. */
  deployment: 'works' | 'takes its time' | 'fails' = 'works';

  private constructor({ store, close }: StoreConnection) {
    this.store = store;
    this.#close = close;
    const done = (step: string) => async (context: StepContext<unknown>) => {
      this.effects.push(`${step} ${context.promotion.id}`);
      return { kind: 'done', summary: step, output: {} } as const;
    };
    this.#steps = [
      sampleStep({ name: 'check', phase: 'conditions', run: done('check') }),
      sampleStep({ name: 'ask', phase: 'approval', run: done('ask') }),
      awaitWindow,
      confirmWindow,
      sampleStep({
        name: 'deploy',
        phase: 'deploy',
        compensate: done('undo'),
        run: async (context) => {
          const { releaseId, toEnvironment } = context.promotion;
          if (this.deployment === 'fails') throw new SyntaxError('the deployment is broken');
          if (this.deployment === 'takes its time') {
            return { kind: 'park', reason: 'rollout', detail: 'rolling', until: undefined, checkpoint: {} };
          }
          const environment = { name: toEnvironment, releaseId, isVerified: true };
          return { ...(await done('deploy')(context)), records: { environment } };
        },
      }),
      sampleStep({ name: 'verify-rollback', phase: 'restoration' }),
    ];
  }

  static async open(url: string): Promise<VirtualCourse> {
    return new VirtualCourse(await connectStore({ url, maximumConnections: 6 }));
  }

  get context(): ServiceContext {
    return {
      store: this.store,
      authorizer: new Authorizer(this.store, false),
      rules: { current: () => Promise.reject(new Error('no rules are needed here')) },
      ports: unreachablePorts,
      testing: unreachableTesting,
      steps: this.#steps,
      clock: this.clock,
      stateVersion: 1,
      dispatch: () => Promise.resolve(),
    };
  }

  async request(
    schedule: Schedule | undefined,
    more: Partial<PromotionRecord> = {},
    definition: Partial<Definition> = {},
  ): Promise<string> {
    const at = this.clock.now();
    const scheduled = schedule === undefined ? {} : { schedule };
    const compiled = sampleDefinition(this.#steps, { ...scheduled, ...definition });
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
    const resources = slotResources(record);
    const transition = draft.toTransition(undefined);
    return this.store.createPromotion({ record, resources, idempotencyKey: undefined, transition });
  }

  /** Moves the clock to an instant, and runs what is due there. */
  async runAt(at: Date, engine: Partial<Engine> = {}): Promise<void> {
    this.clock.advance((at.getTime() - this.clock.now().getTime()) / 1000);
    for (let round = 0; ; round += 1) {
      const claimed = await this.store.claim({
        owner: 'test',
        limit: 10,
        leaseSeconds: 60,
        stateVersion: 1,
        promotionId: undefined,
        now: this.clock.now(),
      });
      if (claimed.length === 0) return;
      if (round > 20) throw new Error('there is always something due');
      for (const each of claimed) await new PromotionRun(this.#engine(engine), new LogBuffer(this.store), each).run();
    }
  }

  #engine(more: Partial<Engine>): Engine {
    return {
      store: this.store,
      ports: unreachablePorts,
      steps: new StepRegistry(this.#steps),
      clock: this.clock,
      stateVersion: 1,
      random: () => 0.5,
      ...more,
    };
  }

  load(id: string): Promise<PromotionRecord> {
    return load(this.store, id);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
