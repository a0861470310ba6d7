import { jest } from '@jest/globals';
import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import type { Migration } from '../../../engine/release.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { storeRollback } from '../../../engine/service/store-rollback.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { operator, promoter, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

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
  desk = await ServiceDesk.open(await server.createDatabase(), rulesText(), ports);
});
afterEach(async () => {
  await desk.close();
});

const migration = (version: number, more: Partial<Migration> = {}): Migration => ({
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
  await database.migrate('shop_qa', migrations, { key: 'k', fence: 1, signal: new AbortController().signal });
}

function brings(release: string): (draft: Draft) => void {
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

function ends(draft: Draft): void {
  draft.moveTo('GENERATING_REPORTS', engineActor);
  draft.moveTo('NOTIFICATIONS_SENT', engineActor);
  draft.releaseSlot(engineActor);
  draft.moveTo('COMPLETED_SUCCESSFULLY', engineActor);
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

describe('the revisions of an environment', () => {
  it('are numbered as they came, and say whether and why not they can return', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v2');
    await promote('v3');
    await promote('v4');
    expect(await standings()).toEqual([
      [4, 'v4', 'running', undefined],
      [3, 'v3', 'possible', undefined],
      [2, 'v2', 'possible', undefined],
      [1, 'v1', 'possible', undefined],
    ]);
    const [, v3] = await revisions();
    expect(v3?.standing.schema).toMatchObject({ kind: 'revert', migrations: [{ version: 4 }] });
  });

  it('cannot return where that would lose rows, unless a person accepts it', async () => {
    await releases({ kind: 'contract', downLosesData: true });
    await applied(migration(3), migration(4));
    await promote('v3');
    const newest = await promote('v4');
    expect(await standings()).toContainEqual([2, 'v3', 'refused', 'migration 4 cannot be undone without losing rows']);
    await expect(rollBackTo(newest, 'v3')).rejects.toThrow(
      'qa cannot return to v3: migration 4 cannot be undone without losing rows',
    );
    await expect(rollBackTo(newest, 'v3', { acceptsDataLoss: true })).resolves.toMatch(/^pr-/);
  });

  it('cannot return when bad, never verified, or when the database cannot be asked', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const id = await desk.run({ release: 'v4' });
    await desk.change(id, brings('v4'));
    const v3 = await desk.store.findRelease('shop', 'v3');
    await desk.change(id, (draft) => {
      draft.markReleaseBad(v3?.id ?? '', 'it leaks', engineActor);
    });
    expect(await standings()).toContainEqual([2, 'v3', 'refused', 'it is marked bad: it leaks']);
    database.state = () => Promise.reject(new Error('connection refused'));
    expect(await standings()).toContainEqual([1, 'v1', 'possible', undefined]);
  });

  it('say what brought a release again: the rollback, and not the promotion of then', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v2');
    const second = await promote('v3');
    const rollback = await desk.service.rollBack(operator, { promotionId: second, reason: 'x' });
    desk.clock.advance(1);
    const v2 = await desk.store.findRelease('shop', 'v2');
    await desk.change(rollback, takesBackTo(v2?.id));
    desk.clock.advance(1);
    expect((await revisions()).map(({ number, release, returnedBy }) => [number, release.name, returnedBy])).toEqual([
      [4, 'v2', rollback],
      [3, 'v3', undefined],
      [2, 'v2', undefined],
      [1, 'v1', undefined],
    ]);
  });

  it('are read by whoever may read, with a suggestion for a wrong word', async () => {
    await expect(desk.service.revisions({ ...viewer, roles: [] }, 'shop', 'qa')).rejects.toThrow(
      'looking at it needs viewer',
    );
    await expect(desk.service.revisions(viewer, 'shop', 'qua')).rejects.toThrow('Did you mean qa?');
  });
});

describe('rolling back to a chosen release', () => {
  it('takes back everything that came since, by one promotion, from how it was before the oldest', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const second = await promote('v3');
    const third = await promote('v4');
    const id = await rollBackTo(third, 'v1');
    const rollback = await desk.load(id);
    expect(rollback).toMatchObject({
      kind: 'rollback',
      rollbackOf: third,
      planHash: 'plan-v3'.padEnd(64, '0'),
      rollback: {
        to: {
          release: 'v1',
          promotions: [
            { id: third, planHash: 'plan-v4'.padEnd(64, '0') },
            { id: second, planHash: 'plan-v3'.padEnd(64, '0') },
          ],
        },
      },
    });
    expect(rollback.steps.find(({ name }) => name === 'back-up')?.output).toMatchObject({ commit: 'before-v3' });
    expect((await desk.store.events(id))[0]?.data).toMatchObject({ to: 'v1', takesBack: [third, second] });
  });

  it('is found by the number of its revision, too', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const newest = await promote('v3');
    const id = await desk.service.rollBack(operator, { promotionId: newest, reason: 'x', to: { number: 1 } });
    expect((await desk.load(id)).rollback?.to?.release).toBe('v1');
    await expect(
      desk.service.rollBack(operator, { promotionId: newest, reason: 'x', to: { number: 9 } }),
    ).rejects.toThrow('qa has no revision 9');
  });

  it('is refused for what runs, and for what never ran there', async () => {
    const newest = await promote('v2');
    await expect(rollBackTo(newest, 'v2')).rejects.toThrow('qa cannot return to v2: it runs there now');
    await expect(rollBackTo(newest, 'v22')).rejects.toThrow('v22 never ran in qa. Did you mean v2?');
  });

  it('passes over what was taken back already', async () => {
    await releases();
    await applied(migration(3));
    const taken = await promote('v2');
    const v1 = await desk.store.findRelease('shop', 'v1');
    await desk.change(await desk.service.rollBack(operator, { promotionId: taken, reason: 'x' }), (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.startStep('verify-rollback', engineActor);
      const environment = { name: 'qa', releaseId: v1?.id ?? '', isVerified: true, broughtBy: null };
      draft.finishStep('verify-rollback', engineActor, 'ok', {}, { environment });
      draft.releaseSlot(engineActor);
      draft.moveTo('ROLLED_BACK', engineActor);
    });
    const newest = await promote('v3');
    const id = await rollBackTo(newest, 'v1');
    expect((await desk.load(id)).rollback?.to?.promotions.map((each) => each.id)).toEqual([newest]);
  });

  it('is refused where something was adopted in between, since nobody knows what that changed', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    const newest = await promote('v4');
    await expect(rollBackTo(newest, 'v1')).rejects.toThrow('v2 was adopted there in between');
    await expect(rollBackTo(newest, 'v2')).resolves.toMatch(/^pr-/);
  });

  it('is not begun twice with two targets', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const newest = await promote('v4');
    const id = await rollBackTo(newest, 'v3');
    expect(await rollBackTo(newest, 'v3')).toBe(id);
    await expect(rollBackTo(newest, 'v1')).rejects.toThrow(`${id} is taking it back to v3 already`);
  });

  it('needs the right to roll back', async () => {
    const newest = await promote('v2');
    await expect(
      desk.service.rollBack(promoter, { promotionId: newest, reason: 'x', to: { release: 'v1' } }),
    ).rejects.toThrow('rollback needs operator or admin');
  });
});

/** As the engine ends a rollback after which a release serves. */
function takesBackTo(releaseId: string | undefined): (draft: Draft) => void {
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

describe('a rollback of what was promoted once more', () => {
  it('goes to the release before, and takes back everything that brought the one that goes', async () => {
    const first = await promote('v2');
    const again = await promote('v2', true);
    expect(await preview(again)).toMatchObject({ returnsTo: 'v1', takesBack: [again, first] });
    const id = await desk.service.rollBack(operator, { promotionId: again, reason: 'errors' });
    const rollback = await desk.load(id);
    expect(rollback.rollback?.to).toMatchObject({ release: 'v1', promotions: [{ id: again }, { id: first }] });
    expect(rollback.steps.find(({ name }) => name === 'back-up')?.output).toMatchObject({ commit: 'before-v2' });
    expect(await desk.service.rollBack(operator, { promotionId: again, reason: 'errors' })).toBe(id);
  });

  it('is refused before anything where nothing else was verified there', async () => {
    const again = await promote('v1', true);
    const words = `qa ran v1 before ${again} too, and there is no other verified release to return to`;
    await expect(preview(again)).rejects.toThrow(words);
    await expect(desk.service.rollBack(operator, { promotionId: again, reason: 'x' })).rejects.toThrow(words);
  });

  it('gets out where taking it back alone had left its release running', async () => {
    const first = await promote('v2');
    const again = await promote('v2', true);
    const stuck = await storedAlone(again);
    await desk.change(stuck, takesBackTo(undefined));
    const newest = await desk.service.newestPromotion(operator, 'shop', 'qa');
    expect(await preview(newest.id)).toMatchObject({ returnsTo: 'v1', takesBack: [first] });
    expect(await preview(newest.id, { to: { number: 1 } })).toMatchObject({ returnsTo: 'v1', takesBack: [first] });
    const id = await desk.service.rollBack(operator, { promotionId: newest.id, reason: 'x' });
    expect(await desk.load(id)).toMatchObject({ rollbackOf: first, rollback: { to: { release: 'v1' } } });
    expect(await rollBackTo(newest.id, 'v1')).toBe(id);
  });
});

/** Takes one promotion back by itself, as versions did that did not look at what ran before it. */
async function storedAlone(id: string): Promise<string> {
  const original = await desk.load(id);
  const release = await desk.store.loadRelease(original.releaseId);
  if (release === undefined) throw new Error('it has a release');
  const wish = { trigger: 'manual', reason: 'x', acceptsDataLoss: false } as const;
  return storeRollback(desk.context, operator, { original, release, wish, reverted: [] });
}

describe('a rollback that is refused', () => {
  it('is refused by its preview with the same words, and names the next command', async () => {
    const id = await promote('v2');
    const rollback = await desk.service.rollBack(operator, { promotionId: id, reason: 'x' });
    const refusal = async (of: string): Promise<string> => {
      const told = async (asked: Promise<unknown>): Promise<string> =>
        asked.then(
          () => 'not refused',
          (error: unknown) => String(error),
        );
      const words = await told(preview(of));
      expect(await told(desk.service.rollBack(operator, { promotionId: of, reason: 'x' }))).toBe(words);
      return words;
    };
    expect(await preview(id)).toMatchObject({ underWay: rollback });
    expect(await refusal(rollback)).toContain(`promote logs ${rollback} --follow`);
    const v1 = await desk.store.findRelease('shop', 'v1');
    await desk.change(rollback, takesBackTo(v1?.id));
    expect(await refusal(id)).toContain(
      `${rollback} has taken ${id} back already; promote rollback shop --env qa --list`,
    );
    const reason = await desk.service.newestPromotion(operator, 'shop', 'qa').catch(String);
    expect(reason).toContain('qa runs v1 again, and no promotion since is left to take back; v2: ');
    await desk.service.judgeRelease(operator, {
      application: 'shop',
      name: 'v2',
      judgement: 'bad',
      reason: 'it leaks',
    });
    const bad = await desk.service.newestPromotion(operator, 'shop', 'qa', { release: 'v2' }).catch(String);
    expect(bad).toContain('qa cannot return to v2: it is marked bad: it leaks');
  });

  it('names the retry of one that stopped half-way', async () => {
    const id = await promote('v2');
    const rollback = await desk.service.rollBack(operator, { promotionId: id, reason: 'x' });
    await desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    await expect(preview(rollback)).rejects.toThrow(`promote retry ${rollback}`);
    await expect(preview(id)).rejects.toThrow(`promote retry ${rollback}`);
  });
});

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

describe('what was different at an instant', () => {
  it('is known from when the environment was first recorded, and called unknown before', async () => {
    const before = new Date(desk.clock.now().getTime() - 365 * 86_400_000);
    await migrating({});
    const images = async (at: Date) =>
      (await desk.service.stateAt(viewer, { application: 'shop', environment: 'qa', at, limit: 50 })).differences
        .filter(({ kind }) => kind === 'image')
        .map(({ isThenKnown }) => isThenKnown);
    expect(await images(before)).toEqual([false]);
    const since = new Date(desk.clock.now().getTime() - 1500);
    expect(await images(since)).toEqual([true]);
  });
});

describe('a rollback that is to undo migrations', () => {
  const undo = (promotionId: string, more: object = {}) =>
    desk.service.rollBack(operator, { promotionId, reason: 'x', undoesMigrations: true, ...more });

  it('says that it runs their down files when that loses nothing, and keeps the wish with the promotion', async () => {
    const newest = await migrating({});
    const { undone, schema } = await preview(newest, { undoesMigrations: true });
    expect(undone).toContainEqual({ step: 'migrate-database', will: 'schema undone: 3 change 3, by its down file' });
    expect(schema).toMatchObject({ kind: 'revert', migrations: [{ version: 3 }] });
    const id = await undo(newest);
    expect((await desk.load(id)).rollback).toMatchObject({ undoesMigrations: true, acceptsDataLoss: false });
    expect((await desk.store.events(id))[0]?.data).toMatchObject({ undoesMigrations: true });
  });

  it('is known as taken back to whoever asks what changed, and what did it is not', async () => {
    const newest = await migrating({});
    const rollback = await undo(newest);
    const origins = async () =>
      new Map((await desk.store.originsOf([newest, rollback])).map((each) => [each.promotionId, each.takenBack]));
    expect((await origins()).get(newest)).toBeUndefined();
    await desk.change(rollback, takesBackTo((await desk.store.findRelease('shop', 'w1'))?.id));
    expect(await origins()).toEqual(
      new Map([
        [newest, 'later'],
        [rollback, undefined],
      ]),
    );
  });

  it('is refused before anything when that discards writes, by its preview too, and names both ways on', async () => {
    const newest = await migrating({ downLosesData: true });
    const words = `nothing was changed in qa. Migration 3 (change 3) stays: its down file discards what was written into it since. w1 runs beside the schema as it is, and returns with: promote rollback ${newest}. To undo it with that loss: promote rollback ${newest} --undo-migrations --accept-loss`;
    await expect(preview(newest, { undoesMigrations: true })).rejects.toThrow(words);
    await expect(undo(newest)).rejects.toThrow(words);
    expect((await desk.load(newest)).rollback).toBeUndefined();
    expect(await preview(newest)).toMatchObject({ underWay: undefined });
    const id = await undo(newest, { acceptsDataLoss: true });
    expect((await desk.load(id)).rollback).toMatchObject({ undoesMigrations: true, acceptsDataLoss: true });
  });

  it('offers no loss where there is no way back at all', async () => {
    const newest = await migrating('no down file');
    const refused = await undo(newest, { acceptsDataLoss: true }).catch(String);
    expect(refused).toContain('Migration 3 (change 3) stays: it has no down file.');
    expect(refused).not.toContain('--accept-loss');
  });

  it('is refused while the database cannot be asked which migrations ran', async () => {
    const newest = await migrating({});
    database.state = () => Promise.reject(new Error('connection refused'));
    await expect(undo(newest)).rejects.toThrow('shop_qa cannot be asked which migrations ran');
  });
});

describe('a rollback while another promotion is there', () => {
  it('goes before one that only waits for health: that one is taken back first, without being called bad', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const waiting = await desk.run({ release: 'v4' });
    await desk.change(waiting, brings('v4'));
    const id = await rollBackTo(waiting, 'v1');
    expect(id).not.toBe(waiting);
    expect((await desk.load(waiting)).rollback).toMatchObject({ trigger: 'cancel' });
    expect((await desk.load(id)).rollback?.to).toMatchObject({ release: 'v1' });
  });

  it('is that one itself when nothing else came since', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const waiting = await desk.run({ release: 'v4' });
    await desk.change(waiting, brings('v4'));
    expect(await rollBackTo(waiting, 'v3')).toBe(waiting);
    expect((await desk.load(waiting)).rollback).toMatchObject({ trigger: 'manual', reason: 'errors' });
  });

  it('waits for nobody in the middle of a change: it is refused, and says what to do', async () => {
    const old = await promote('v2');
    await releases();
    const moving = await desk.run({ release: 'v3' });
    await desk.change(moving, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('PROMOTION_RUNNING', engineActor);
    });
    await expect(desk.service.rollBack(operator, { promotionId: old, reason: 'x' })).rejects.toThrow(
      `${moving} is changing qa right now; wait for it, or stop it: promote cancel ${moving}`,
    );
  });

  it('goes before everybody who stands in line to bring something', async () => {
    const old = await promote('v2');
    await releases();
    const queued = await desk.run({ release: 'v3' });
    await desk.change(queued, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    const rollback = await desk.service.rollBack(operator, { promotionId: old, reason: 'x' });
    await desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    const take = (id: string) =>
      desk.change(id, (draft) => {
        draft.acquireSlot(engineActor, slotResources(draft.record));
        draft.moveTo(id === rollback ? 'ROLLING_BACK' : 'VALIDATION_RUNNING', engineActor);
      });
    await expect(take(queued)).rejects.toThrow('slot-busy');
    await expect(take(rollback)).resolves.toMatchObject({ holdsSlot: true });
  });
});

describe('what is said before a rollback', () => {
  it('is from what to what, what is undone, how the schema follows and what cannot be undone', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const newest = await promote('v4');
    expect(await preview(newest)).toMatchObject({
      release: { name: 'v4' },
      returnsTo: 'v3',
      takesBack: [newest],
      undone: [{ step: 'deploy', will: 'v3 serves again: service by service, while requests go on' }],
      schema: { kind: 'revert', migrations: [{ version: 4 }] },
      irreversible: ['the mail of v4'],
      stops: false,
      preempts: undefined,
      lastTookMs: undefined,
    });
    const older = await preview(newest, { to: { release: 'v1' } });
    expect(older.irreversible).toEqual(['the mail of v4', 'the mail of v3']);
  });

  it('tells that the schema stays because the release that returns runs beside it, not that nothing ran', async () => {
    const newest = await migrating({ downLosesData: true });
    const { undone, schema } = await preview(newest);
    expect(undone).toContainEqual({
      step: 'migrate-database',
      will: 'schema kept, migration 3 included: w1 runs on schema 3',
    });
    expect(schema).toEqual({ kind: 'keep', reason: 'w1 runs on schema 3' });
  });

  it('does not depend on a database that does not answer', async () => {
    await releases();
    await promote('v3');
    const newest = await promote('v4');
    database.state = () => Promise.reject(new Error('connection refused'));
    expect(await preview(newest)).toMatchObject({
      returnsTo: 'v3',
      schema: { kind: 'unknown', reason: expect.stringContaining('connection refused') as unknown },
    });
    await expect(desk.service.rollBack(operator, { promotionId: newest, reason: 'x' })).resolves.toMatch(/^pr-/);
  });

  it('tells which writes a back-up discards, from the moment it was taken', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const newest = await promote('v4');
    const takenAt = new Date(desk.clock.now().getTime() - 90_000).toISOString();
    documents.set(`backups-${newest}/backup.json`, JSON.stringify({ database: { takenAt, rows: 1204 } }));
    expect(await preview(newest, { restoresDatabase: true })).toMatchObject({
      discards: { since: new Date(takenAt), minutes: 2, rowsInBackUp: 1204 },
      schema: undefined,
      stops: true,
    });
    const id = await desk.service.rollBack(operator, { promotionId: newest, reason: 'x', restoresDatabase: true });
    expect((await desk.load(id)).rollback).toMatchObject({ restoresDatabase: true });
  });

  it('is refused where there is no back-up to put back', async () => {
    const newest = await promote('v2');
    await expect(preview(newest, { restoresDatabase: true })).rejects.toThrow('kept no back-up of the database');
  });

  it('says how long it took last time', async () => {
    const first = await promote('v2');
    const rollback = await desk.service.rollBack(operator, { promotionId: first, reason: 'x' });
    desk.clock.advance(42);
    await desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLED_BACK', engineActor);
    });
    await releases();
    // What was stopped before it had deployed anything took no time that says something of a rollback.
    const stopped = await desk.run({ release: 'v2', to: 'qa', isAgain: true, reason: 'again' });
    await desk.service.cancel(operator, stopped, 'not now');
    await desk.change(stopped, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLED_BACK', engineActor);
    });
    expect((await preview(await promote('v3'))).lastTookMs).toBe(42_000);
  });
});
