import { setTimeout as delay } from 'node:timers/promises';
import { defaultLeaseSeconds } from './gone-run.ts';
import { LogBuffer } from './log-buffer.ts';
import { LeaseLostError, PromotionRun, type Engine } from './run-promotion.ts';

export interface WorkerOptions {
  /** Names this worker in leases. */
  readonly owner: string;
  /** Promotions run side by side in this process. Default 4. */
  readonly concurrency?: number;
  /** A lease that is not renewed for so long may be taken over. Default 30. */
  readonly leaseSeconds?: number;
  /** Only this promotion. */
  readonly promotionId?: string;
  /** How long to stay when nothing is due, for promotions that park for a moment. Default 0. */
  readonly lingerSeconds?: number;
  /** Hears of runs that ended with a defect or an outage; such a promotion is resumed when its lease is over. */
  onError?(promotionId: string, error: unknown): void;
}

/** How long to wait for work that was not there: twice as long each time, so that what comes right after work is found soon. */
const pollMs = { shortest: 10, longest: 100 };

/** Claims due promotions and runs them until nothing is due. Dying at any point loses nothing. */
export class Worker {
  readonly #engine: Engine;
  readonly #options: Required<Omit<WorkerOptions, 'promotionId' | 'onError'>> & WorkerOptions;
  /** One for all runs: what several of them say at the same time is stored at once. */
  readonly #logs: LogBuffer;
  readonly #runs = new Map<string, PromotionRun>();
  readonly #active = new Set<Promise<void>>();
  #pauseMs = pollMs.shortest;
  #isStopping = false;

  constructor(engine: Engine, options: WorkerOptions) {
    this.#engine = engine;
    this.#logs = new LogBuffer(engine.store);
    this.#options = { concurrency: 4, leaseSeconds: defaultLeaseSeconds, lingerSeconds: 0, ...options };
  }

  /** Finishes when nothing was due for `lingerSeconds`, or after `stop`. */
  async run(): Promise<void> {
    const renewal = setInterval(
      () => {
        this.#renew().catch(() => undefined);
      },
      (this.#options.leaseSeconds * 1000) / 3,
    );
    try {
      let idleSince = Date.now();
      while (!this.#isStopping) {
        const claimed = await this.#claim();
        if (claimed > 0 || this.#active.size > 0) idleSince = Date.now();
        else if (Date.now() - idleSince >= this.#options.lingerSeconds * 1000) break;
        if (claimed > 0) this.#pauseMs = pollMs.shortest;
        else await this.#waitForWork();
      }
    } finally {
      await Promise.allSettled(this.#active);
      clearInterval(renewal);
    }
  }

  /** Stops claiming and gives up what runs; another run resumes it. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const run of this.#runs.values()) run.lose();
    await Promise.allSettled(this.#active);
  }

  async #claim(): Promise<number> {
    const limit = this.#options.concurrency - this.#active.size;
    if (limit <= 0) return 0;
    const claimed = await this.#engine.store.claim({
      owner: this.#options.owner,
      limit,
      leaseSeconds: this.#options.leaseSeconds,
      stateVersion: this.#engine.stateVersion,
      promotionId: this.#options.promotionId,
      now: undefined,
    });
    for (const each of claimed) {
      const run = new PromotionRun(this.#engine, this.#logs, each);
      this.#runs.set(each.promotion.id, run);
      const active: Promise<void> = this.#follow(run).finally(() => {
        this.#active.delete(active);
      });
      this.#active.add(active);
    }
    return claimed.length;
  }

  async #follow(run: PromotionRun): Promise<void> {
    try {
      await run.run();
    } catch (error) {
      if (!(error instanceof LeaseLostError)) {
        // The lease stays until it ends by itself: a promotion that fails at once must not be claimed at once again.
        this.#options.onError?.(run.promotionId, error);
        return;
      }
      await this.#engine.store.release([{ promotionId: run.promotionId, fence: run.fence }]).catch(() => undefined);
    } finally {
      this.#runs.delete(run.promotionId);
    }
  }

  async #waitForWork(): Promise<void> {
    if (this.#active.size >= this.#options.concurrency) {
      await Promise.race(this.#active);
      return;
    }
    await delay(this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, pollMs.longest);
  }

  async #renew(): Promise<void> {
    const runs = [...this.#runs.values()];
    if (runs.length === 0) return;
    const leases = runs.map((run) => ({ promotionId: run.promotionId, fence: run.fence }));
    const held = await this.#engine.store.renew(leases, this.#options.leaseSeconds);
    for (const [index, run] of runs.entries()) {
      const before = leases[index];
      const lease = held.find((each) => each.promotionId === run.promotionId);
      if (this.#runs.get(run.promotionId) !== run) continue;
      // The fence moves on when the run takes its slot; only a lease that was asked about as it still is can be lost.
      if (lease === undefined && before?.fence === run.fence) run.lose();
      else if (lease?.isAskedToTurnRound === true) run.turnRound();
    }
  }
}
