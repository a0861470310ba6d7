import type {
  CanaryStatus,
  DeploymentStatus,
  DeploymentTarget,
  DesiredDeployment,
} from '../../deployment/deployment-target.ts';
import { PreconditionFailedError, type Effect } from '../../workflow/fence.ts';
import type { DeclaredFacts } from './declared-facts.ts';
import { Fences } from './fences.ts';

interface Place {
  readonly generation: number;
  readonly desired: DesiredDeployment | undefined;
  readonly hasFailed: boolean;
  readonly isUnhealthy: boolean;
  /** What ran well last; a deployment that fails does not take it away. */
  readonly lastGood: string | undefined;
}

const empty: Place = {
  generation: 0,
  desired: undefined,
  hasFailed: false,
  isUnhealthy: false,
  lastGood: undefined,
};
/** Enough to judge anything by. */
const requests = 100_000;

/** The address that a simulated service answers under. */
export const simulatedUrl = (service: string, environment: string): string =>
  `http://${service}.${environment}.simulated`;

/** Environments that roll out at once, well or badly as a scenario says. */
export class SimulatedDeployment implements DeploymentTarget {
  readonly #facts: DeclaredFacts;
  readonly #places = new Map<string, Place>();
  readonly #fences = new Fences();

  constructor(facts: DeclaredFacts) {
    this.#facts = facts;
  }

  async reach(environment: string): Promise<void> {
    await this.status(environment);
  }

  async status(environment: string): Promise<DeploymentStatus> {
    const { generation, desired, hasFailed } = this.#placeOf(environment);
    const healthy = this.isHealthy(environment);
    return {
      generation,
      observedGeneration: generation,
      desired,
      phase: desired === undefined ? 'empty' : hasFailed ? 'failed' : 'available',
      message: hasFailed ? `the scenario has deployments into ${environment} fail` : undefined,
      services: (desired?.services ?? []).map(({ name, digest }) => ({
        name,
        digest,
        isReady: healthy,
        url: simulatedUrl(name, environment),
        restarts: 0,
      })),
      traffic: { requests: 0, failed: 0 },
      canary: this.#canary(environment, desired),
    };
  }

  async apply(
    environment: string,
    desired: DesiredDeployment,
    expectedGeneration: number,
    effect: Effect,
  ): Promise<{ readonly generation: number }> {
    this.#fences.take(environment, effect);
    const before = this.#placeOf(environment);
    if (JSON.stringify(desired) === JSON.stringify(before.desired)) return { generation: before.generation };
    if (expectedGeneration !== before.generation) {
      throw new PreconditionFailedError(environment, String(expectedGeneration), String(before.generation));
    }
    const { deployments } = this.#facts.environment(environment);
    const isBad = deployments !== 'work' && desired.release !== before.lastGood;
    const generation = before.generation + 1;
    // What is tried on a share of the requests replaces nothing yet.
    const isWhole = desired.canaryPercentage === undefined;
    this.#places.set(environment, {
      generation,
      desired,
      hasFailed: isBad && deployments === 'fail',
      isUnhealthy: isBad && deployments === 'unhealthy',
      lastGood: isBad || !isWhole ? before.lastGood : desired.release,
    });
    return { generation };
  }

  /** Has something run well, whoever brought it there. */
  bring(environment: string, desired: DesiredDeployment): void {
    const generation = this.#placeOf(environment).generation + 1;
    this.#places.set(environment, { ...empty, generation, desired, lastGood: desired.release });
  }

  /** Whether its services answer their checks. */
  isHealthy(environment: string): boolean {
    return this.#facts.environment(environment).healthy && !this.#placeOf(environment).isUnhealthy;
  }

  async fence(environment: string, effect: Effect): Promise<void> {
    this.#fences.take(environment, effect);
  }

  #placeOf(environment: string): Place {
    return this.#places.get(environment) ?? empty;
  }

  #canary(environment: string, desired: DesiredDeployment | undefined): CanaryStatus | undefined {
    if (desired?.canaryPercentage === undefined) return undefined;
    const { metrics } = this.#facts.environment(environment);
    const share = desired.canaryPercentage / 100;
    const errorRate = (metrics?.errorRatePercent ?? 0) / 100;
    const meanResponseTimeMs = metrics?.responseTimeMs ?? 50;
    const traffic = {
      canary: {
        requests: Math.round(requests * share),
        failed: Math.round(requests * share * errorRate),
        meanResponseTimeMs,
      },
      baseline: { requests: Math.round(requests * (1 - share)), failed: 0, meanResponseTimeMs },
    };
    const services = desired.services.map(({ name, digest }) => ({
      name,
      digest,
      isReady: this.isHealthy(environment),
      restarts: 0,
      ...traffic,
    }));
    return { percentage: desired.canaryPercentage, services, ...traffic };
  }
}
