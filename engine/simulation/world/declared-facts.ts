/** How an environment is, as a scenario says. What it does not say of metrics is unknown, as it is in an environment that nobody watches. */
export interface EnvironmentFacts {
  /** Whether services answer their health checks and smoke tests. */
  readonly healthy: boolean;
  /** `fail`: what is deployed anew does not start; `unhealthy`: it answers no check. What ran before still does. */
  readonly deployments: 'work' | 'fail' | 'unhealthy';
  readonly metrics: MetricFacts | undefined;
}

export interface MetricFacts {
  readonly availabilityPercent: number;
  readonly errorRatePercent: number;
  readonly p95Ms: number;
  readonly restarts: number;
  /** Details of open critical alerts. */
  readonly criticalAlerts: readonly string[];
  readonly responseTimeMs: number;
}

export type ActionFact = 'succeeds' | 'fails';

/** Everything outside the engine that a scenario decides; steps of a scenario change it. */
export class DeclaredFacts {
  readonly #environments = new Map<string, EnvironmentFacts>();
  readonly #actions = new Map<string, ActionFact>();
  readonly #signers = new Map<string, readonly string[]>();
  readonly #history = new Map<string, ReadonlySet<string>>();

  environment(name: string): EnvironmentFacts {
    return this.#environments.get(name) ?? { healthy: true, deployments: 'work', metrics: undefined };
  }

  changeEnvironment(name: string, change: Partial<EnvironmentFacts>): void {
    this.#environments.set(name, { ...this.environment(name), ...change });
  }

  /** How a command, container or call of the rules ends, by the name of its step, gate or test. */
  action(name: string): ActionFact | undefined {
    return this.#actions.get(name);
  }

  changeAction(name: string, fact: ActionFact): void {
    this.#actions.set(name, fact);
  }

  /** Who has signed an image, by its digest. */
  signersOf(digest: string): readonly string[] {
    return this.#signers.get(digest) ?? [];
  }

  signImage(digest: string, signers: readonly string[]): void {
    this.#signers.set(digest, [...new Set([...this.signersOf(digest), ...signers])]);
  }

  /** Whether the history of a commit has another one, itself included. */
  hasInHistory(head: string, commit: string): boolean {
    return head === commit || this.#history.get(head)?.has(commit) === true;
  }

  addHistory(head: string, commits: readonly string[]): void {
    this.#history.set(head, new Set([...(this.#history.get(head) ?? []), ...commits]));
  }
}
