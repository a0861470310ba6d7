import type { RulesInput } from '../../engine/rules/schema.ts';

export type MergedRules =
  | { readonly ok: true; readonly document: RulesInput }
  /** What is told in two ways, as a sentence. */
  | { readonly ok: false; readonly conflicts: readonly string[] };

type Notifications = NonNullable<RulesInput['notifications']>;
type Channel = NonNullable<Notifications['channels']>[number];
type Route = NonNullable<Notifications['routes']>[number];

/**
 * One rules document of those of several pairs. What two of them say alike is said once; an environment or a path that
 * they say in two ways is a conflict, which a rules file settles.
 */
export function mergePairRules(documents: readonly RulesInput[]): MergedRules {
  const [first, ...others] = documents;
  if (first === undefined) return { ok: false, conflicts: ['there is no pair and no rules file'] };
  if (others.length === 0) return { ok: true, document: first };
  const environments = new Merging<RulesInput['environments'][number]>('environment', ({ name }) => name);
  const paths = new Merging<NonNullable<RulesInput['paths']>[number]>('path', ({ from, to }) => `${from} to ${to}`);
  for (const document of documents) {
    environments.add(document.environments);
    paths.add(document.paths ?? []);
  }
  const conflicts = [...environments.conflicts, ...paths.conflicts];
  if (conflicts.length > 0) return { ok: false, conflicts };
  const { cloud } = first;
  return {
    ok: true,
    document: {
      ...first,
      applications: mergedApplications(documents),
      environments: environments.entries,
      paths: paths.entries,
      notifications: mergedNotifications(documents.map(({ notifications }) => notifications ?? {})),
      // A domain is one pair's; health addresses, which are made of it, stand with the environments.
      ...(cloud === undefined ? {} : { cloud: { ...cloud, domainName: undefined } }),
    },
  };
}

class Merging<Entry> {
  readonly #kind: string;
  readonly #nameOf: (entry: Entry) => string;
  readonly #byName = new Map<string, Entry>();
  readonly #conflicting = new Set<string>();

  constructor(kind: string, nameOf: (entry: Entry) => string) {
    this.#kind = kind;
    this.#nameOf = nameOf;
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const name = this.#nameOf(entry);
      const known = this.#byName.get(name);
      if (known === undefined) this.#byName.set(name, entry);
      else if (JSON.stringify(known) !== JSON.stringify(entry)) this.#conflicting.add(name);
    }
  }

  get entries(): Entry[] {
    return [...this.#byName.values()];
  }

  get conflicts(): readonly string[] {
    return [...this.#conflicting].map((name) => `${this.#kind} ${name} is described in two ways by two pairs`);
  }
}

function mergedApplications(documents: readonly RulesInput[]): RulesInput['applications'] {
  const byName = new Map<string, RulesInput['applications'][number]>();
  for (const application of documents.flatMap(({ applications }) => applications)) {
    const known = byName.get(application.name);
    const names = new Set(known?.services.map(({ name }) => name));
    const added = application.services.filter(({ name }) => !names.has(name));
    byName.set(application.name, { ...application, services: [...(known?.services ?? []), ...added] });
  }
  return [...byName.values()];
}

/** Channels are numbered anew: each pair began at 1. */
function mergedNotifications(all: readonly Notifications[]): Notifications {
  const channels = new Map<string, Channel>();
  const routes = new Map<string, Route>();
  for (const notifications of all) {
    const renamed = new Map<string, string>();
    for (const channel of notifications.channels ?? []) {
      const address = JSON.stringify({ ...channel, name: '' });
      const known = channels.get(address) ?? { ...channel, name: `channel-${String(channels.size + 1)}` };
      channels.set(address, known);
      renamed.set(channel.name, known.name);
    }
    for (const route of notifications.routes ?? []) {
      const here = { ...route, channels: route.channels.map((name) => renamed.get(name) ?? name) };
      routes.set(JSON.stringify(here), here);
    }
  }
  return {
    enabled: all.some(({ enabled }) => enabled !== false),
    channels: [...channels.values()],
    routes: [...routes.values()],
  };
}
