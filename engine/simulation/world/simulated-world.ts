import type { Rules } from '../../rules/schema.ts';
import type { Clock } from '../../workflow/clock.ts';
import { environmentTarget } from '../../workflow/compile-target.ts';
import type { Ports } from '../../workflow/ports.ts';
import { DeclaredFacts } from './declared-facts.ts';
import { SimulatedActions } from './simulated-actions.ts';
import { SimulatedArtifacts } from './simulated-artifacts.ts';
import { SimulatedConfiguration } from './simulated-configuration.ts';
import { SimulatedDatabase } from './simulated-database.ts';
import { SimulatedDeployment, simulatedUrl } from './simulated-deployment.ts';
import { SimulatedDocuments } from './simulated-documents.ts';
import { SimulatedFlags } from './simulated-flags.ts';
import { SimulatedHistory } from './simulated-history.ts';
import { SimulatedMetrics } from './simulated-metrics.ts';
import { SimulatedProbe } from './simulated-probe.ts';
import type { SimulatedSigners } from './simulated-signers.ts';

export interface SimulatedWorld {
  readonly facts: DeclaredFacts;
  readonly deployment: SimulatedDeployment;
  readonly ports: Ports;
}

/** Everything outside the engine as a scenario declares it: nothing real is asked or changed. */
export function simulateWorld(
  rules: Rules,
  application: string,
  clock: Clock,
  signers: SimulatedSigners,
): SimulatedWorld {
  const facts = new DeclaredFacts();
  const repositories = new Map<string, SimulatedConfiguration>();
  const addresses = addressesOf(rules, application);
  const deployment = new SimulatedDeployment(facts);
  const services = rules.applications.find(({ name }) => name === application)?.services ?? [];
  const ports: Ports = {
    artifacts: new SimulatedArtifacts(facts, signers),
    publicKeys: { read: (file) => Promise.reject(new Error(`a simulation reads no key from ${file}`)) },
    configuration(repository) {
      const known = repositories.get(repository) ?? new SimulatedConfiguration();
      repositories.set(repository, known);
      return known;
    },
    database: new SimulatedDatabase(clock),
    deployment,
    flags: new SimulatedFlags(),
    secrets: { names: async () => [], whereToAdd: (environment) => `the secrets of ${environment}` },
    probe: new SimulatedProbe(
      facts,
      deployment,
      (url) => addresses.find(({ begin }) => url.startsWith(begin))?.environment,
    ),
    actions: new SimulatedActions(facts),
    source: new SimulatedHistory(facts),
    metrics: new SimulatedMetrics(
      facts,
      clock,
      services.map(({ name }) => name),
    ),
    channels: { reach: async () => [] },
    documents: new SimulatedDocuments(),
  };
  return { facts, deployment, ports };
}

/** Where services answer: where the deployment says, or where the rules say themselves. */
function addressesOf(
  rules: Rules,
  application: string,
): readonly { readonly begin: string; readonly environment: string }[] {
  return rules.environments.flatMap(({ name: environment }) => {
    const { services } = environmentTarget(rules, application, environment);
    const own = services.flatMap(({ healthUrl, smokeUrls }) => [healthUrl, ...smokeUrls]);
    return [
      ...services.map(({ name }) => simulatedUrl(name, environment)),
      ...own.filter((url) => /^https?:/.test(url)),
    ].map((begin) => ({ begin, environment }));
  });
}
