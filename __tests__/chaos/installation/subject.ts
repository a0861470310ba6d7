import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { renderConfiguration } from '../../../engine/configuration/render-configuration.ts';
import type { PromotionRecord } from '../../../engine/promotion-service.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { OutsideWitnesses } from '../witnesses/outside-witnesses.ts';
import { watchSchema } from '../witnesses/schema-changes.ts';
import { WritingClient } from '../witnesses/writing-client.ts';
import type { Orders } from '../worker/orders.ts';
import { makeApplicationDatabase } from './application-database.ts';
import { sourceOf, targetOf } from './chaos-rules.ts';
import { person, type Installation } from './installation.ts';
import { buildTinyRelease, entryTable, type TinyRelease } from './tiny-release.ts';
import type { Health } from './tiny-service.ts';
import { WorkerProcess } from './worker-process.ts';

/** How long a lease of a chaos worker lasts: long enough for a busy machine to renew it, short enough to wait for. */
const leaseSeconds = 1;

interface SubjectParts {
  readonly database: Client;
  readonly superuserUrl: string;
  readonly witnesses: OutsideWitnesses;
  readonly client: WritingClient;
}

/** An application with everything of its own (environment, branch, registry, flags, database), so that several run side by side. */
export class Subject {
  readonly name: string;
  readonly environment: string;
  readonly installation: Installation;
  readonly database: Client;
  /** Of the superuser, in the application's database. */
  readonly superuserUrl: string;
  readonly witnesses: OutsideWitnesses;
  readonly client: WritingClient;
  readonly #promotions: string[] = [];
  /** The release that runs when no promotion does. */
  #current: TinyRelease;
  #releases = 0;
  #workers = 0;

  private constructor(
    name: string,
    installation: Installation,
    parts: SubjectParts,
    current: TinyRelease,
  ) {
    this.name = name;
    this.environment = targetOf(name);
    this.installation = installation;
    this.database = parts.database;
    this.superuserUrl = parts.superuserUrl;
    this.witnesses = parts.witnesses;
    this.client = parts.client;
    this.#current = current;
  }

  /** Sets an application up whose first release runs in its target environment. */
  static async open(installation: Installation, name: string): Promise<Subject> {
    const environment = targetOf(name);
    const { folders, databaseUrl, ports } = installation;
    const { url, superuserUrl } = await makeApplicationDatabase(databaseUrl, folders.databaseSecrets, environment);
    await watchSchema(superuserUrl, environment);
    await installation.setUpEnvironment(environment);
    const database = new Client({ connectionString: superuserUrl, application_name: 'chaos-witness' });
    await database.connect();
    const witnesses = new OutsideWitnesses(folders, environment, database);
    const first = await build(installation, name, 0, 'well', undefined);
    const signal = AbortSignal.timeout(120_000);
    await bring(installation, name, first, (step) => ({ key: `first:${step}`, fence: 0, signal }));
    const client = await WritingClient.start(url);
    const subject = new Subject(name, installation, { database, superuserUrl, witnesses, client }, first);
    const status = await ports.deployment.status(environment, signal);
    if (status.phase !== 'available') throw new Error(`${environment} did not come up: ${status.message ?? ''}`);
    return subject;
  }

  get current(): TinyRelease {
    return this.#current;
  }

  /** Every promotion that was asked for, the newest last. */
  get promotions(): readonly string[] {
    return this.#promotions;
  }

  /** Builds the next release, which changes one thing of every kind, and verifies it where it was built. */
  async buildNext(health: Health): Promise<TinyRelease> {
    this.#releases += 1;
    return build(this.installation, this.name, this.#releases, health, this.#current);
  }

  /** From now on this is what the environment is expected to run. */
  keep(release: TinyRelease): void {
    this.#current = release;
  }

  /** @returns the promotion's id. */
  async request(release: TinyRelease): Promise<string> {
    const id = await this.installation.service.run(person, {
      application: this.name,
      release: release.name,
      to: this.environment,
    });
    this.witnesses.follow(id);
    this.#promotions.push(id);
    return id;
  }

  async load(promotionId: string): Promise<PromotionRecord> {
    return (await this.installation.service.view(person, promotionId)).promotion;
  }

  /** Starts a worker of its own process for a promotion. */
  startWorker(promotionId: string, halt?: Orders['halt']): WorkerProcess {
    const { folders, databaseUrl, functionUrl } = this.installation;
    this.#workers += 1;
    const owner = `${this.name}-worker-${String(this.#workers)}`;
    return new WorkerProcess(
      {
        home: folders.root,
        databaseUrl,
        functionUrl,
        promotionId,
        owner,
        leaseSeconds,
        traceFile: folders.in('traces', `${owner}.jsonl`),
        ...(halt === undefined ? {} : { halt }),
      },
      folders.in('compile-cache'),
    );
  }

  async close(): Promise<void> {
    this.witnesses.close();
    await this.database.end();
  }
}

async function build(
  { folders, service }: Installation,
  application: string,
  number: number,
  health: Health,
  current: TinyRelease | undefined,
): Promise<TinyRelease> {
  const release = await buildTinyRelease({
    number,
    health,
    registryRoot: folders.root,
    repository: join('registries', sourceOf(application), 'web'),
    earlierMigrations: current?.content.database?.migrations ?? [entryTable],
  });
  await service.createRelease(person, { application, name: release.name, content: release.content }, []);
  await service.adopt(person, application, sourceOf(application), release.name);
  return release;
}

/** Puts the first release into the target without a promotion, as a team that begins to use promotions has it there. */
async function bring(
  { ports, service }: Installation,
  application: string,
  release: TinyRelease,
  effect: (step: string) => Effect,
): Promise<void> {
  const environment = targetOf(application);
  const { signal } = effect('wait');
  await ports.database.migrate(environment, release.content.database?.migrations ?? [], effect('database'));
  const [from, to] = [`registries/${sourceOf(application)}/web`, `registries/${environment}/web`];
  await ports.artifacts.copy(from, to, release.digest, effect('artifacts'));
  const configuration = ports.configuration('configuration');
  const path = `${environment}/values.yaml`;
  const base = await configuration.head(environment, signal);
  const before = (await configuration.read(base, path, signal)) ?? '';
  const commit = await configuration.propose(
    environment,
    {
      change: `first-${application}`,
      base,
      files: [{ path, content: renderConfiguration(before, { name: release.name, ...release.content }).text }],
      message: `First release of ${application}\n`,
      author: { name: 'Chaos', email: 'chaos@localhost', at: new Date() },
    },
    effect('configuration'),
  );
  await configuration.advance(environment, base, commit, effect('configuration'));
  const { generation } = await ports.deployment.apply(
    environment,
    {
      application,
      release: release.name,
      configurationCommit: commit,
      services: [{ name: 'web', repository: to, digest: release.digest }],
    },
    0,
    effect('deployment'),
  );
  for (;;) {
    const status = await ports.deployment.status(environment, signal);
    if (status.observedGeneration >= generation) break;
    await pause(50, undefined, { signal });
  }
  await service.adopt(person, application, environment, release.name);
}
