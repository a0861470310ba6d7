import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import type { Migration } from '../../../engine/release.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { operator, promoter, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

export const migration = (version: number, more: Partial<Migration> = {}): Migration => ({
  version,
  name: `change ${String(version)}`,
  kind: 'expand',
  transactional: true,
  up: `create table t${String(version)} ()`,
  down: `drop table t${String(version)}`,
  downLosesData: false,
  checksum: migrationChecksum(`create table t${String(version)} ()`, `drop table t${String(version)}`),
  ...more,
});

export function brings(release: string): (draft: Draft) => void {
  return (draft) => {
    draft.moveTo('QUEUED', engineActor);
    draft.acquireSlot(engineActor, slotResources(draft.record));
    draft.moveTo('PROMOTION_RUNNING', engineActor);
    const plan = { hash: `plan-${release}`.padEnd(64, '0'), body: { irreversible: [`the mail of ${release}`] } };
    draft.startStep('back-up', engineActor);
    draft.finishStep(
      'back-up',
      engineActor,
      'done',
      { commit: `before-${release}`, databaseBackup: `backup-${release}` },
      { plan },
    );
    draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
    draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
    const { toEnvironment: name, releaseId } = draft.record;
    draft.startStep('deploy', engineActor);
    draft.finishStep('deploy', engineActor, 'rolling', {}, { environment: { name, releaseId, isVerified: true } });
  };
}

export function ends(draft: Draft): void {
  draft.moveTo('GENERATING_REPORTS', engineActor);
  draft.moveTo('NOTIFICATIONS_SENT', engineActor);
  draft.releaseSlot(engineActor);
  draft.moveTo('COMPLETED_SUCCESSFULLY', engineActor);
}

/** As the engine ends a rollback after which a release serves. */
export function takesBackTo(releaseId: string | undefined): (draft: Draft) => void {
  return (draft) => {
    draft.moveTo('QUEUED', engineActor);
    draft.acquireSlot(engineActor, slotResources(draft.record));
    draft.moveTo('ROLLING_BACK', engineActor);
    draft.startStep('verify-rollback', engineActor);
    const environment = { name: 'qa', releaseId: releaseId ?? '', isVerified: true, broughtBy: null };
    const records = releaseId === undefined ? {} : { environment };
    draft.finishStep('verify-rollback', engineActor, 'ok', {}, records);
    draft.releaseSlot(engineActor);
    draft.moveTo('ROLLED_BACK', engineActor);
  };
}

/**
 * A service whose environment `qa` releases were brought to and taken back from, anew for each test of the file that opens it.
 * What the world outside would answer is in memory.
 */
export function openRollbackScene() {
  let server: ScratchPostgres;
  let desk: ServiceDesk;
  let database: MemoryDatabase;
  let documents: Map<string, string>;
  beforeAll(async () => {
    server = await startScratchPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    database = new MemoryDatabase();
    documents = new Map();
    const ports: Ports = {
      ...unreachablePorts,
      database,
      documents: {
        read: (folder, name) => Promise.resolve(documents.get(`${folder}/${name}`)),
        write: () => Promise.reject(new Error('nothing is written here')),
        fence: () => Promise.reject(new Error('nothing is written here')),
        remove: () => Promise.reject(new Error('nothing is removed here')),
        removeDocument: () => Promise.reject(new Error('nothing is removed here')),
        folders: async () => [],
        reach: async () => ({ freeBytes: undefined }),
      },
    };
    desk = await ServiceDesk.open(await server.createStoreDatabase(), rulesText(), ports);
  });
  afterEach(async () => {
    await desk.close();
  });

  /** Releases v3 and v4; v4 runs on schema 3 and 4, what came before on 3 alone. */
  async function releases(fourth: Partial<Migration> = {}): Promise<void> {
    for (const [name, max] of [
      ['v3', 3],
      ['v4', 4],
    ] as const) {
      const digest = `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
      const migrations = [migration(3), migration(4, fourth)].slice(0, max - 2);
      const content = {
        images: [{ service: 'api', image: 'api', digest }],
        database: { schemaRange: { min: 3, max }, migrations },
      };
      await desk.service.createRelease(promoter, { application: 'shop', name, content }, []);
      await desk.service.adopt(operator, 'shop', 'dev', name);
      desk.clock.advance(1);
    }
  }

  async function applied(...migrations: readonly Migration[]): Promise<void> {
    await database.migrate('shop-qa', migrations, { key: 'k', fence: 1, signal: new AbortController().signal });
  }

  /** Brings a release to qa. */
  async function promote(release: string, isAgain = false): Promise<string> {
    const id = await desk.run({ release, isAgain });
    await desk.change(id, brings(release));
    desk.clock.advance(1);
    await desk.change(id, ends);
    return id;
  }

  const revisions = () => desk.service.revisions(viewer, 'shop', 'qa');
  const standings = async () =>
    (await revisions()).map(({ number, release, standing }) => [
      number,
      release.name,
      standing.kind,
      standing.kind === 'refused' ? standing.reason : undefined,
    ]);
  const rollBackTo = (promotionId: string, release: string, more: object = {}) =>
    desk.service.rollBack(operator, { promotionId, reason: 'errors', to: { release }, ...more });

  const preview = (promotionId: string, more: object = {}) =>
    desk.service.previewRollback(viewer, { promotionId, ...more });
  /** Brings w2 with migration 3, which w1 runs beside. */
  async function migrating(more: Partial<Migration> | 'no down file'): Promise<string> {
    const { down, ...endless } = migration(3);
    const third = more === 'no down file' ? endless : { ...endless, down: down ?? '', ...more };
    for (const [name, max, migrations] of [
      ['w1', 2, []],
      ['w2', 3, [third]],
    ] as const) {
      const digest = `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
      const content = {
        images: [{ service: 'api', image: 'api', digest }],
        database: { schemaRange: { min: max, max: 9 }, migrations: [...migrations] },
      };
      await desk.service.createRelease(promoter, { application: 'shop', name, content }, []);
      await desk.service.adopt(operator, 'shop', 'dev', name);
      desk.clock.advance(1);
      if (name === 'w1') await promote(name);
    }
    await applied(third);
    const id = await desk.run({ release: 'w2' });
    await desk.change(id, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('PROMOTION_RUNNING', engineActor);
      const plan = { hash: 'plan-w2'.padEnd(64, '0'), body: { database: { schemaVersion: 2 } } };
      draft.startStep('back-up', engineActor);
      draft.finishStep('back-up', engineActor, 'done', { commit: 'before-w2', databaseBackup: 'b' }, { plan });
      draft.startStep('migrate-database', engineActor);
      draft.finishStep('migrate-database', engineActor, '1 migration', { applied: [3] }, {});
      draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
      draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
      const { toEnvironment, releaseId } = draft.record;
      draft.startStep('deploy', engineActor);
      const environment = { name: toEnvironment, releaseId, isVerified: true };
      const changes = [
        { kind: 'release', subject: 'release', before: 'w1', after: 'w2' },
        { kind: 'image', subject: 'api', before: 'sha256:1', after: 'sha256:2' },
      ] as const;
      draft.finishStep('deploy', engineActor, 'rolling', {}, { environment, changes });
    });
    desk.clock.advance(1);
    await desk.change(id, ends);
    return id;
  }

  return {
    get desk() {
      return desk;
    },
    get database() {
      return database;
    },
    get documents() {
      return documents;
    },
    releases,
    applied,
    promote,
    migrating,
    revisions,
    standings,
    rollBackTo,
    preview,
  };
}
