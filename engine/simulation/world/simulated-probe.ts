import type { HealthProbe, ProbeResult } from '../../metrics/health-probe.ts';
import type { DeclaredFacts } from './declared-facts.ts';
import type { SimulatedDeployment } from './simulated-deployment.ts';

/** Answers for every address of an environment as a scenario says that the environment is. */
export class SimulatedProbe implements HealthProbe {
  readonly #facts: DeclaredFacts;
  readonly #deployment: SimulatedDeployment;
  readonly #environmentOf: (url: string) => string | undefined;

  /** @param environmentOf whose an address is; undefined: nobody's, and nothing answers there. */
  constructor(
    facts: DeclaredFacts,
    deployment: SimulatedDeployment,
    environmentOf: (url: string) => string | undefined,
  ) {
    this.#facts = facts;
    this.#deployment = deployment;
    this.#environmentOf = environmentOf;
  }

  async probe(url: string): Promise<ProbeResult> {
    const environment = this.#environmentOf(url);
    if (environment === undefined) {
      const message = 'the rules name no service at this address';
      return { url, status: undefined, isHealthy: false, responseTimeMs: 0, message };
    }
    const { metrics } = this.#facts.environment(environment);
    const healthy = this.#deployment.isHealthy(environment);
    return {
      url,
      status: healthy ? 200 : 503,
      isHealthy: healthy,
      responseTimeMs: metrics?.responseTimeMs ?? 50,
      message: healthy ? undefined : `the scenario has ${environment} not healthy`,
    };
  }
}
