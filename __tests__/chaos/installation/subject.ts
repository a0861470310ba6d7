import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import type { PromotionRecord } from '../../../engine/promotion-service.ts';
import type { Migration } from '../../../engine/release.ts';
import { OutsideWitnesses } from '../witnesses/outside-witnesses.ts';
import { watchSchema } from '../witnesses/schema-changes.ts';
import { VisitingClient } from '../witnesses/visiting-client.ts';
import { WritingClient } from '../witnesses/writing-client.ts';
import type { Orders } from '../worker/orders.ts';
import { makeApplicationDatabase } from './application-database.ts';
import { sourceOf, targetOf, type ChaosApplication } from './chaos-rules.ts';
import { bringFirstRelease } from './first-release.ts';
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
  readonly visitor: VisitingClient;
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
  readonly #visitor: VisitingClient;
  readonly #promotions: string[] = [];
  /** The release that runs when no promotion does. */
  #current: TinyRelease | undefined;
  #releases = 0;
  #workers = 0;

  private constructor(name: string, installation: Installation, parts: SubjectParts, current: TinyRelease | undefined) {
    this.name = name;
    this.environment = targetOf(name);
    this.installation = installation;
    this.database = parts.database;
    this.superuserUrl = parts.superuserUrl;
    this.witnesses = parts.witnesses;
    this.client = parts.client;
    this.#visitor = parts.visitor;
    this.#current = current;
  }

  /** Sets an application up. Unless it is new, its first release runs in its target environment when this returns. */
  static async open(installation: Installation, { name, isNew }: ChaosApplication): Promise<Subject> {
    const environment = targetOf(name);
    const { folders, databaseUrl } = installation;
    const { url, superuserUrl } = await makeApplicationDatabase(databaseUrl, folders.databaseSecrets, environment);
    await watchSchema(superuserUrl, environment);
    await installation.setUpEnvironment(environment);
    const database = new Client({ connectionString: superuserUrl, application_name: 'chaos-witness' });
    await database.connect();
    const witnesses = new OutsideWitnesses(folders, environment, database);
    let first: TinyRelease | undefined;
    if (isNew) {
      await database.query(`${entryTable.up}; alter table entry owner to ${escapeIdentifier(environment)}`);
    } else {
      first = await build(installation, name, 0, 'well', [entryTable]);
      await bringFirstRelease(installation, name, first);
    }
    const client = await WritingClient.start(url);
    const visitor = new VisitingClient(async () => {
      const { services } = await installation.ports.deployment.status(environment, AbortSignal.timeout(30_000));
      return services.find((service) => service.name === 'web')?.url;
    });
    return new Subject(name, installation, { database, superuserUrl, witnesses, client, visitor }, first);
  }

  /** Undefined: nothing has run yet. */
  get current(): TinyRelease | undefined {
    return this.#current;
  }

  /** Every promotion that was asked for, the newest last. */
  get promotions(): readonly string[] {
    return this.#promotions;
  }

  /** Builds the next release, which changes one thing of every kind, and verifies it where it was built. */
  async buildNext(health: Health): Promise<TinyRelease> {
    this.#releases += 1;
    const migrations = this.#current?.content.database?.migrations;
    return build(this.installation, this.name, this.#releases, health, migrations);
  }

  /** Builds the next release, after which nothing needs the column that came with the one that runs now. */
  async buildNextWithContract(): Promise<TinyRelease> {
    this.#releases += 1;
    const migrations = this.#current?.content.database?.migrations;
    return build(this.installation, this.name, this.#releases, 'well', migrations, this.#current?.column);
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

  /** Asks for a promotion that has ended to be taken back. @returns the id of the promotion that does it. */
  async takeBack(promotionId: string): Promise<string> {
    const reason = 'nobody wants it any more';
    const id = await this.installation.service.rollBack(person, { promotionId, reason });
    this.witnesses.follow(id);
    this.#promotions.push(id);
    return id;
  }

  /** @returns the id of the promotion that runs the contract migrations of one that has ended. */
  async contractOf(promotionId: string): Promise<string> {
    const runs = await this.installation.store.listPromotions({
      application: this.name,
      environment: this.environment,
      kinds: ['contract'],
      limit: 1000,
    });
    const run = runs.find(({ contractOf }) => contractOf === promotionId);
    if (run === undefined) throw new Error(`nothing runs the contract migrations of ${promotionId}`);
    this.witnesses.follow(run.id);
    this.#promotions.push(run.id);
    return run.id;
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
    await this.#visitor.stop();
    await this.client.stop();
    await this.database.end();
  }
}

async function build(
  { folders, service }: Installation,
  application: string,
  number: number,
  health: Health,
  earlierMigrations: readonly Migration[] | undefined,
  droppedColumn?: string,
): Promise<TinyRelease> {
  const release = await buildTinyRelease({
    number,
    health,
    registryRoot: folders.root,
    repository: join('registries', sourceOf(application), 'web'),
    earlierMigrations,
    droppedColumn,
  });
  await service.createRelease(person, { application, name: release.name, content: release.content }, []);
  await service.adopt(person, application, sourceOf(application), release.name);
  return release;
}
