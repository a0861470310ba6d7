import type {
  DeploymentStatus,
  DeploymentTarget,
  DesiredDeployment,
} from '../../engine/deployment/deployment-target.ts';
import { PreconditionFailedError, StaleFenceError, type Effect } from '../../engine/workflow/fence.ts';

/** A target that rolls out at once, keeps the promises of its port, and writes down every effect. */
export class MemoryDeployment implements DeploymentTarget {
  readonly effects: string[] = [];
  /** Set to have the next rollouts go on, or go wrong, until it is set again. */
  phase: 'available' | 'progressing' | 'failed' = 'available';
  traffic = { requests: 0, failed: 0 };
  readonly #url: string;
  #generation = 0;
  #highest = -1;
  #desired: DesiredDeployment | undefined;

  /** @param url where every service answers. */
  constructor(url = 'http://127.0.0.1:9') {
    this.#url = url;
  }

  /** Another target that is as this one is now. */
  clone(): MemoryDeployment {
    const copy = new MemoryDeployment(this.#url);
    copy.effects.push(...this.effects);
    copy.phase = this.phase;
    copy.traffic = this.traffic;
    copy.#generation = this.#generation;
    copy.#highest = this.#highest;
    copy.#desired = this.#desired;
    return copy;
  }

  async status(): Promise<DeploymentStatus> {
    const isEmpty = this.#desired === undefined;
    return {
      generation: this.#generation,
      observedGeneration: this.phase === 'progressing' ? this.#generation - 1 : this.#generation,
      desired: this.#desired,
      phase: isEmpty ? 'empty' : this.phase,
      message: this.phase === 'failed' ? 'it ends with code 1' : undefined,
      services: (this.#desired?.services ?? []).map(({ name, digest }) => ({
        name,
        digest,
        isReady: true,
        url: this.#url,
        restarts: 0,
      })),
      traffic: this.traffic,
    };
  }

  async reach(): Promise<void> {
    await this.status();
  }

  async apply(
    environment: string,
    desired: DesiredDeployment,
    expectedGeneration: number,
    effect: Effect,
  ): Promise<{ readonly generation: number }> {
    await this.fence(environment, effect);
    if (JSON.stringify(desired) === JSON.stringify(this.#desired)) return { generation: this.#generation };
    if (expectedGeneration !== this.#generation) {
      throw new PreconditionFailedError(environment, String(expectedGeneration), String(this.#generation));
    }
    this.#desired = desired;
    this.#generation += 1;
    this.effects.push(`deploy ${desired.release}`);
    return { generation: this.#generation };
  }

  async fence(environment: string, effect: Effect): Promise<void> {
    if (effect.fence < this.#highest) throw new StaleFenceError(environment, effect.fence, this.#highest);
    this.#highest = effect.fence;
  }
}
