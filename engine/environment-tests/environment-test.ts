import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { HttpCaller } from '../outbound/http-call.ts';
import type { Release } from '../release.ts';
import type { CustomTest } from '../verification/run-custom-tests.ts';
import type { Testing } from '../rules/testing-schema.ts';
import type { TokenSigner } from '../secrets/token-signer.ts';
import type { Clock } from '../workflow/clock.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';

/** The kinds of tests, in the order in which they run (docs/environments.md). */
export const testCategories = [
  'service-health',
  'api-endpoints',
  'database',
  'security',
  'performance',
  'integration',
  'isolation',
  'custom',
] as const;
export type TestCategory = (typeof testCategories)[number];

export interface TestResult {
  readonly category: TestCategory;
  readonly name: string;
  /** `untested`: the rules name nothing to test, or it cannot be known here. It is no pass. */
  readonly verdict: 'passed' | 'failed' | 'untested';
  /** What was found, in one line. */
  readonly detail: string;
  /** What to do, where it failed. */
  readonly remedy: string | undefined;
}

/** What tests need beside the ports of steps. */
export interface TestingPorts {
  /** Calls the services that are tested. */
  readonly http: Pick<HttpCaller, 'call'>;
  readonly tokens: TokenSigner;
  /** The time that the tested services keep: their machine's, also where the installation's own clock was moved. */
  readonly clock: Pick<Clock, 'now'>;
}

/** Another environment of the same application, which must have nothing in common with the one that is tested. */
export interface OtherEnvironment {
  readonly target: EnvironmentTarget;
  readonly testing: Testing;
  /** Why its deployment cannot be read by this version; undefined: it can. */
  readonly notDriven: string | undefined;
}

export interface TestContext {
  readonly application: string;
  readonly target: EnvironmentTarget;
  readonly testing: Testing;
  /** The team's own, in the order of the rules. */
  readonly customTests: readonly CustomTest[];
  readonly others: readonly OtherEnvironment[];
  /** What runs there, as far as is recorded. */
  readonly release: Release | undefined;
  /** What the deployment says; or why it says nothing. */
  readonly status: DeploymentStatus | { readonly why: string };
  readonly privateNetworks: readonly string[];
  readonly ports: Pick<Ports, 'deployment' | 'probe' | 'database' | 'actions'> & Pick<TestingPorts, 'http' | 'tokens'>;
  /** The time that the services keep, by which their tokens are made. */
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Receives what the team's own tests print. */
  log(test: string, line: string): void;
}

/** Results one by one, so that they can be shown while the next test runs. */
export type RunCategory = (context: TestContext) => AsyncIterable<TestResult>;
