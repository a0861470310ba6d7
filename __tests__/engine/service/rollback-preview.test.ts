import { jest } from '@jest/globals';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { brings, ends, migration, openRollbackScene, takesBackTo } from './rollback-scene.ts';
import { operator } from './service-fixture.ts';

jest.setTimeout(120_000);

const scene = openRollbackScene();
const { releases, applied, promote, migrating, rollBackTo, preview } = scene;

describe('the tags of a release that goes', () => {
  const willOf = async (promotion: string) =>
    (await preview(promotion)).undone.find(({ step }) => step === 'promote-artifacts')?.will;
  /** Brings a release with its images. */
  async function promoteImages(release: string): Promise<string> {
    const id = await scene.desk.run({ release });
    await scene.desk.change(id, brings(release));
    await scene.desk.change(id, (draft) => {
      draft.startStep('promote-artifacts', engineActor);
      draft.finishStep('promote-artifacts', engineActor, '1 image', {}, {});
    });
    scene.desk.clock.advance(1);
    await scene.desk.change(id, ends);
    return id;
  }

  it('are said to be removed when it came by nothing else, and to be left when it had run there, as it is done', async () => {
    await releases();
    await applied(migration(3));
    const first = await promoteImages('v3');
    expect(await willOf(first)).toBe('the tags of v3 there are removed; its images stay, addressed by digest');
    const back = await scene.desk.service.rollBack(operator, { promotionId: first, reason: 'errors' });
    const v1 = await scene.desk.store.findRelease('shop', 'v1');
    await scene.desk.change(back, takesBackTo(v1?.id));
    scene.desk.clock.advance(1);
    expect(await willOf(await promoteImages('v3'))).toBe(
      'the tags of v3 are left, since it ran there before; its images stay, addressed by digest',
    );
  });
});

describe('a rollback while another promotion is there', () => {
  it('goes before one that only waits for health: that one is taken back first, without being called bad', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const waiting = await scene.desk.run({ release: 'v4' });
    await scene.desk.change(waiting, brings('v4'));
    const id = await rollBackTo(waiting, 'v1');
    expect(id).not.toBe(waiting);
    expect((await scene.desk.load(waiting)).rollback).toMatchObject({ trigger: 'cancel' });
    expect((await scene.desk.load(id)).rollback?.to).toMatchObject({ release: 'v1' });
  });

  it('is that one itself when nothing else came since', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    const waiting = await scene.desk.run({ release: 'v4' });
    await scene.desk.change(waiting, brings('v4'));
    expect(await rollBackTo(waiting, 'v3')).toBe(waiting);
    expect((await scene.desk.load(waiting)).rollback).toMatchObject({ trigger: 'manual', reason: 'errors' });
  });

  it('waits for nobody in the middle of a change: it is refused, and says what to do', async () => {
    const old = await promote('v2');
    await releases();
    const moving = await scene.desk.run({ release: 'v3' });
    await scene.desk.change(moving, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('PROMOTION_RUNNING', engineActor);
    });
    await expect(scene.desk.service.rollBack(operator, { promotionId: old, reason: 'x' })).rejects.toThrow(
      `${moving} is changing qa right now; wait for it, or stop it: promote cancel ${moving}`,
    );
  });

  it('goes before everybody who stands in line to bring something', async () => {
    const old = await promote('v2');
    await releases();
    const queued = await scene.desk.run({ release: 'v3' });
    await scene.desk.change(queued, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: old, reason: 'x' });
    await scene.desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
    });
    const take = (id: string) =>
      scene.desk.change(id, (draft) => {
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
    scene.database.state = () => Promise.reject(new Error('connection refused'));
    expect(await preview(newest)).toMatchObject({
      returnsTo: 'v3',
      schema: { kind: 'unknown', reason: expect.stringContaining('connection refused') as unknown },
    });
    await expect(scene.desk.service.rollBack(operator, { promotionId: newest, reason: 'x' })).resolves.toMatch(/^pr-/);
  });

  it('tells which writes a back-up discards, from the moment it was taken', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const newest = await promote('v4');
    const takenAt = new Date(scene.desk.clock.now().getTime() - 90_000).toISOString();
    scene.documents.set(`backups-${newest}/backup.json`, JSON.stringify({ database: { takenAt, rows: 1204 } }));
    expect(await preview(newest, { restoresDatabase: true })).toMatchObject({
      discards: { since: new Date(takenAt), minutes: 2, rowsInBackUp: 1204 },
      schema: undefined,
      stops: true,
    });
    const id = await scene.desk.service.rollBack(operator, {
      promotionId: newest,
      reason: 'x',
      restoresDatabase: true,
    });
    expect((await scene.desk.load(id)).rollback).toMatchObject({ restoresDatabase: true });
  });

  it('is refused where there is no back-up to put back', async () => {
    const newest = await promote('v2');
    await expect(preview(newest, { restoresDatabase: true })).rejects.toThrow('kept no back-up of the database');
  });

  it('says how long it took last time', async () => {
    const first = await promote('v2');
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: first, reason: 'x' });
    scene.desk.clock.advance(42);
    await scene.desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLED_BACK', engineActor);
    });
    await releases();
    // What was stopped before it had deployed anything took no time that says something of a rollback.
    const stopped = await scene.desk.run({ release: 'v2', to: 'qa', isAgain: true, reason: 'again' });
    await scene.desk.service.cancel(operator, stopped, 'not now');
    await scene.desk.change(stopped, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLED_BACK', engineActor);
    });
    expect((await preview(await promote('v3'))).lastTookMs).toBe(42_000);
  });
});
