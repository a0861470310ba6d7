import type pg from 'pg';
import { Authorizer } from '../../engine/authorization.ts';
import type { HttpDatabaseFunction } from '../../engine/database/http-database-function.ts';
import { PromotionService } from '../../engine/promotion-service.ts';
import type { Migration, Release } from '../../engine/release.ts';
import { parseRules } from '../../engine/rules/parse-rules.ts';
import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { connectStore, type StoreConnection } from '../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../engine/store/postgres/postgres-store.ts';
import type { ClaimedPromotion } from '../../engine/store/workflow-store.ts';
import type { Actor } from '../../engine/workflow/actor.ts';
import { LogBuffer } from '../../engine/workflow/log-buffer.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { unreachableTesting } from '../support/unreachable-ports.ts';
import type { PromotionRecord } from '../../engine/workflow/promotion.ts';
import { PromotionRun, type Engine } from '../../engine/workflow/run-promotion.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import { StepRegistry } from '../../engine/workflow/step-registry.ts';
import { StepWorkbench } from '../engine/steps/step-workbench.ts';
import type { DatabaseFunctionBench } from '../support/database-function-process.ts';
import { sampleMigration } from '../support/sample-migration.ts';

export const undoWindowSeconds = 24 * 3600;
const application = 'shop';
const environment = 'staging';

export const person: Actor = { id: 'olga@shop.example', verified: true, roles: ['operator'], via: 'cli' };

/** v1 writes notes, v2 writes remarks instead; the column that only v1 needs is dropped by the contract migration 3. */
export const notes = sampleMigration(1, 'create table entry (id int primary key, note text)', { name: 'entries' });
export const remarks = sampleMigration(2, 'alter table entry add column remark text', {
  name: 'remarks',
  down: 'alter table entry drop column remark',
});
export const dropNotes = sampleMigration(3, 'alter table entry drop column note', {
  name: 'drop_notes',
  kind: 'contract',
  down: 'alter table entry add column note text',
});
export const stars = sampleMigration(4, 'alter table entry add column stars int', { name: 'stars' });

interface ShopOptions {
  /** Of v2. Default: notes, remarks, and the contract that drops notes. */
  readonly migrations?: readonly Migration[];
  /** More settings of the path, a line. */
  readonly path?: string;
}

/** What happens to the commit of a run. */
export type CommitFault = 'die-before' | 'die-after';

export class RunDied extends Error {
  override readonly name = 'RunDied';
}

/**
 * An application in staging with a real database behind the real migration function, a real engine store, and a clock
 * that stands until it is moved. v1 runs, v2 is to come.
 */
export class ContractShop {
  readonly bench: StepWorkbench;
  readonly store: PostgresStore;
  readonly service: PromotionService;
  /** A session on the application's database. */
  readonly database: pg.Client;
  /** Takes down runs; asked at each commit of one, with the record that is to be stored. */
  fault: (record: PromotionRecord) => CommitFault | undefined = () => undefined;
  readonly #connection: StoreConnection;
  readonly #engine: Engine;

  private constructor(
    bench: StepWorkbench,
    connection: StoreConnection,
    database: pg.Client,
    databaseName: string,
    ports: Ports,
    path: string,
  ) {
    this.bench = bench;
    this.#connection = connection;
    this.store = connection.store;
    this.database = database;
    const parsed = parseRules(rulesText(databaseName, path), 'rules.yaml');
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
    this.service = new PromotionService({
      store: this.store,
      authorizer: new Authorizer(this.store, false),
      rules: { current: () => Promise.resolve(parsed.rules) },
      steps: builtInSteps,
      ports,
      testing: unreachableTesting,
      clock: bench.clock,
      stateVersion: engineStateVersion,
      dispatch: () => Promise.resolve(),
    });
    this.#engine = {
      store: this.#faulty(),
      ports,
      steps: new StepRegistry(builtInSteps),
      clock: bench.clock,
      stateVersion: engineStateVersion,
      random: () => 0.5,
    };
  }

  static async open(
    functions: DatabaseFunctionBench,
    api: HttpDatabaseFunction,
    options: ShopOptions = {},
  ): Promise<ContractShop> {
    const { migrations = [notes, remarks, dropNotes], path = '' } = options;
    const databaseName = await functions.createDatabase();
    const [bench, connection, database] = await Promise.all([
      StepWorkbench.open(),
      connectStore({ url: await functions.postgres.createDatabase(), maximumConnections: 4 }),
      functions.connect(databaseName),
    ]);
    const ports = { ...bench.ports, database: api };
    await api.migrate(databaseName, [notes], bench.effect('setup', 0));
    const shop = new ContractShop(bench, connection, database, databaseName, ports, path);
    await shop.#release('v1', bench.v1, { min: 1, max: 2 }, [notes]);
    await shop.#release('v2', bench.v2, { min: 2, max: 3 }, migrations);
    await shop.service.adopt(person, application, environment, 'v1');
    await shop.service.adopt(person, application, 'dev', 'v2');
    return shop;
  }

  /** Makes v3, verified in dev, which brings one more migration behind those of v2. */
  async buildNext(): Promise<void> {
    await this.#release('v3', this.bench.v2, { min: 2, max: 4 }, [notes, remarks, dropNotes, stars], { limit: 10 });
    await this.service.adopt(person, application, 'dev', 'v3');
  }

  /** Asks for a promotion into staging and runs everything until nothing is due. @returns its id. */
  async promote(release = 'v2'): Promise<string> {
    const id = await this.service.run(person, { application, release, to: environment });
    await this.settle();
    return id;
  }

  async rollBack(promotionId: string, acceptsDataLoss = false): Promise<PromotionRecord> {
    const id = await this.service.rollBack(person, { promotionId, reason: 'slow', acceptsDataLoss });
    await this.settle();
    return this.load(id);
  }

  /** Lets time go by, and what becomes due meanwhile run. */
  async pass(seconds: number): Promise<void> {
    this.bench.clock.advance(seconds);
    await this.settle();
  }

  /** Runs whatever is due, as workers do, and goes on through waits of moments; those of hours stay. */
  async settle(): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      const claimed = await this.store.claim({
        owner: 'test',
        limit: 10,
        leaseSeconds: 0.001,
        stateVersion: engineStateVersion,
        promotionId: undefined,
        now: this.bench.clock.now(),
      });
      for (const each of claimed) await this.#run(each);
      if (claimed.length > 0) continue;
      const next = await this.#nextMoment();
      if (next === undefined) return;
      this.bench.clock.advance(next);
    }
    throw new Error('it never comes to rest');
  }

  async load(id: string): Promise<PromotionRecord> {
    const record = await this.store.load(id);
    if (record === undefined) throw new Error(`${id} is not in the store`);
    return record;
  }

  /** Contract runs, oldest first. */
  async contracts(): Promise<readonly PromotionRecord[]> {
    const runs = await this.store.listPromotions({ application, environment, kinds: ['contract'], limit: 10 });
    return runs.toReversed();
  }

  async staging() {
    const found = (await this.store.environments(application)).find(({ name }) => name === environment);
    if (found === undefined) throw new Error('nothing runs in staging');
    return found;
  }

  /** What the running release would find in its database. */
  async columns(): Promise<readonly string[]> {
    const { rows } = await this.database.query<{ column_name: string }>(
      `select column_name from information_schema.columns where table_name = 'entry' order by ordinal_position`,
    );
    return rows.map((row) => row.column_name);
  }

  async close(): Promise<void> {
    await this.#connection.close();
    await this.bench.close();
  }

  async #run(claimed: ClaimedPromotion): Promise<void> {
    try {
      await new PromotionRun(this.#engine, new LogBuffer(this.store), claimed).run();
    } catch (error) {
      if (!(error instanceof RunDied)) throw error;
    }
  }

  /** How many seconds until the next wait is over that is shorter than a minute. */
  async #nextMoment(): Promise<number | undefined> {
    const active = await this.store.listPromotions({ isActive: true, limit: 50 });
    const now = this.bench.clock.now().getTime();
    const waits = active
      .flatMap(({ parked }) => (parked?.until === undefined ? [] : [(parked.until.getTime() - now) / 1000]))
      .filter((seconds) => seconds > 0 && seconds < 60);
    return waits.length === 0 ? undefined : Math.min(...waits);
  }

  /** The store, in whose commits runs die. */
  #faulty(): PostgresStore {
    return new Proxy(this.store, {
      get: (store, key) => {
        if (key === 'commit') {
          return async (transition: Parameters<PostgresStore['commit']>[0]) => {
            const fault = this.fault(transition.record);
            if (fault === 'die-before') throw new RunDied();
            const outcome = await store.commit(transition);
            if (fault === 'die-after') throw new RunDied();
            return outcome;
          };
        }
        const member: unknown = Reflect.get(store, key);
        return typeof member === 'function' ? (member.bind(store) as unknown) : member;
      },
    });
  }

  async #release(
    name: string,
    like: Release,
    schemaRange: { readonly min: number; readonly max: number },
    migrations: readonly Migration[],
    more: { readonly limit?: number } = {},
  ): Promise<void> {
    const configuration = more.limit === undefined ? like.content.configuration : { 'feature.limit': more.limit };
    const content = { ...like.content, configuration, database: { schemaRange, migrations: [...migrations] } };
    await this.service.createRelease(person, { application, name, content }, []);
  }
}

function rulesText(databaseName: string, path: string): string {
  const place = (name: string, database: string) => `
  - name: ${name}
    targets:
      deployment: { kind: local }
      registry: <env>${database}
      configuration: { repository: configuration, branch: env/<env>, path: shop/<env>/values.yaml }
      flags: { kind: file }`;
  return `version: 1
applications: [{ name: ${application}, services: [{ name: api }] }]
environments:${place('dev', '')}${place(environment, `\n      database: ${databaseName}`)}
paths:
  - from: dev
    to: ${environment}
    database: { contractAfterSeconds: ${String(undoWindowSeconds)} }
    retry: { maximumAttempts: 3, initialDelaySeconds: 1, maximumDelaySeconds: 2 }
    verification: { timeoutSeconds: 30 }
    ${path}
`;
}
