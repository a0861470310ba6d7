import { jest } from '@jest/globals';
import { openRollbackScene, takesBackTo } from './rollback-scene.ts';
import { operator, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

const scene = openRollbackScene();
const { migrating, preview } = scene;

describe('what was different at an instant', () => {
  it('is known from when the environment was first recorded, and called unknown before', async () => {
    const before = new Date(scene.desk.clock.now().getTime() - 365 * 86_400_000);
    await migrating({});
    const images = async (at: Date) =>
      (await scene.desk.service.stateAt(viewer, { application: 'shop', environment: 'qa', at, limit: 50 })).differences
        .filter(({ kind }) => kind === 'image')
        .map(({ isThenKnown }) => isThenKnown);
    expect(await images(before)).toEqual([false]);
    const since = new Date(scene.desk.clock.now().getTime() - 1500);
    expect(await images(since)).toEqual([true]);
  });
});

describe('a rollback that is to undo migrations', () => {
  const undo = (promotionId: string, more: object = {}) =>
    scene.desk.service.rollBack(operator, { promotionId, reason: 'x', undoesMigrations: true, ...more });

  it('says that it runs their down files when that loses nothing, and keeps the wish with the promotion', async () => {
    const newest = await migrating({});
    const { undone, schema } = await preview(newest, { undoesMigrations: true });
    expect(undone).toContainEqual({ step: 'migrate-database', will: 'schema undone: 3 change 3, by its down file' });
    expect(schema).toMatchObject({ kind: 'revert', migrations: [{ version: 3 }] });
    const id = await undo(newest);
    expect((await scene.desk.load(id)).rollback).toMatchObject({ undoesMigrations: true, acceptsDataLoss: false });
    expect((await scene.desk.store.events(id))[0]?.data).toMatchObject({ undoesMigrations: true });
  });

  it('is known as taken back to whoever asks what changed, and what did it is not', async () => {
    const newest = await migrating({});
    const rollback = await undo(newest);
    const origins = async () =>
      new Map((await scene.desk.store.originsOf([newest, rollback])).map((each) => [each.promotionId, each.takenBack]));
    expect((await origins()).get(newest)).toBeUndefined();
    await scene.desk.change(rollback, takesBackTo((await scene.desk.store.findRelease('shop', 'w1'))?.id));
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
    expect((await scene.desk.load(newest)).rollback).toBeUndefined();
    expect(await preview(newest)).toMatchObject({ underWay: undefined });
    const id = await undo(newest, { acceptsDataLoss: true });
    expect((await scene.desk.load(id)).rollback).toMatchObject({ undoesMigrations: true, acceptsDataLoss: true });
  });

  it('is refused once it was taken back and let one stay, in words that say what stayed and what removes it', async () => {
    const newest = await migrating({});
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: newest, reason: 'x' });
    await scene.desk.change(rollback, takesBackTo((await scene.desk.store.findRelease('shop', 'w1'))?.id));
    const words = `${newest} was taken back already, and its migration 3 (change 3) stayed: the release before runs beside it. A rollback is done once, so its down file is not run behind it, when others may use what stayed. It harms nothing: the next release that brings it finds it there. To be rid of it, promote a release with a contract migration that removes what it brought.`;
    await expect(undo(newest)).rejects.toThrow(words);
    await expect(preview(newest, { undoesMigrations: true })).rejects.toThrow(words);
    const live = await scene.database.state();
    scene.database.state = () =>
      Promise.resolve({ ...live, applied: live.applied.filter(({ version }) => version < 3) });
    await expect(undo(newest)).rejects.toThrow('and none of its migrations stayed');
  });

  it('offers no loss where there is no way back at all', async () => {
    const newest = await migrating('no down file');
    const refused = await undo(newest, { acceptsDataLoss: true }).catch(String);
    expect(refused).toContain('Migration 3 (change 3) stays: it has no down file.');
    expect(refused).not.toContain('--accept-loss');
  });

  it('is refused while the database cannot be asked which migrations ran', async () => {
    const newest = await migrating({});
    scene.database.state = () => Promise.reject(new Error('connection refused'));
    await expect(undo(newest)).rejects.toThrow('shop-qa cannot be asked which migrations ran');
  });
});
