import type { ServiceStore } from '../store/service-store.ts';
import type { Executor } from './executor.ts';
import { defaultLeaseSeconds } from './gone-run.ts';

/**
 * A run that was handed a promotion and never claimed it is as gone as one that died in the middle, so it is waited for as
 * long. Should it only have been slow, the two of them claim, and one gets it.
 */
const startTimeoutSeconds = defaultLeaseSeconds;
const batchSize = 20;

/** Hands due promotions to the executor; a dispatch row keeps one from being handed over twice. */
export class Dispatcher {
  readonly #store: Pick<ServiceStore, 'takeDispatch'>;
  readonly #executor: Executor;
  readonly #stateVersion: number;

  constructor(store: Pick<ServiceStore, 'takeDispatch'>, executor: Executor, stateVersion: number) {
    this.#store = store;
    this.#executor = executor;
    this.#stateVersion = stateVersion;
  }

  /** @returns how many runs were started; one that could not be is handed over again later. */
  async dispatchDue(): Promise<number> {
    const due = await this.#store.takeDispatch(batchSize, startTimeoutSeconds, this.#stateVersion);
    const starts = await Promise.allSettled(due.map(async (run) => this.#executor.start(run)));
    return starts.filter(({ status }) => status === 'fulfilled').length;
  }
}
