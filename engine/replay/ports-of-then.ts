import type { SourceHistory } from '../source/source-history.ts';
import type { Ports } from '../workflow/ports.ts';
import type { UnknownFacts } from './unknown-facts.ts';

/** What each part of the world outside would tell, and nobody kept. */
const facts: Readonly<Record<Exclude<keyof Ports, 'source'>, string>> = {
  artifacts: 'images and signatures in the registry',
  configuration: 'the values of the target',
  database: 'the schema of the target',
  deployment: 'what ran in the environments besides releases',
  flags: 'the flags of the target',
  secrets: 'the names of the secrets of the target',
  publicKeys: 'the keys of signatures',
  probe: 'answers to health checks',
  actions: "the outcomes of the team's own checks",
  metrics: 'measurements and alerts',
  channels: 'the state of notification channels',
  documents: 'documents',
};

/** The world outside as it was at another time: whoever asks it learns that it is not known. */
export function portsOfThen(unknown: UnknownFacts, source: SourceHistory): Ports {
  const names = Object.keys(facts) as readonly (keyof typeof facts)[];
  const ports = names.map((name) => [name, unknownPort(name, unknown)] as const);
  // By construction each part is there; a proxy answers as any of them would that fails.
  return { ...Object.fromEntries(ports), source } as unknown as Ports;
}

function unknownPort(name: keyof typeof facts, unknown: UnknownFacts): unknown {
  const refuse = (): Promise<never> => Promise.reject(unknown.ask(facts[name]));
  const part = new Proxy({}, { get: () => refuse });
  return name === 'configuration' ? () => part : part;
}
