import { jest } from '@jest/globals';
import { storeRollback } from '../../../engine/service/store-rollback.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { brings, migration, openRollbackScene, takesBackTo } from './rollback-scene.ts';
import { operator, promoter, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

const scene = openRollbackScene();
const { releases, applied, promote, revisions, standings, rollBackTo, preview } = scene;

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
    const id = await scene.desk.run({ release: 'v4' });
    await scene.desk.change(id, brings('v4'));
    const v3 = await scene.desk.store.findRelease('shop', 'v3');
    await scene.desk.change(id, (draft) => {
      draft.markReleaseBad(v3?.id ?? '', 'it leaks', engineActor);
    });
    expect(await standings()).toContainEqual([2, 'v3', 'refused', 'it is marked bad: it leaks']);
    scene.database.state = () => Promise.reject(new Error('connection refused'));
    expect(await standings()).toContainEqual([1, 'v1', 'possible', undefined]);
  });

  it('say what brought a release again: the rollback, and not the promotion of then', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v2');
    const second = await promote('v3');
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: second, reason: 'x' });
    scene.desk.clock.advance(1);
    const v2 = await scene.desk.store.findRelease('shop', 'v2');
    await scene.desk.change(rollback, takesBackTo(v2?.id));
    scene.desk.clock.advance(1);
    expect((await revisions()).map(({ number, release, returnedBy }) => [number, release.name, returnedBy])).toEqual([
      [4, 'v2', rollback],
      [3, 'v3', undefined],
      [2, 'v2', undefined],
      [1, 'v1', undefined],
    ]);
  });

  it('are read by whoever may read, with a suggestion for a wrong word', async () => {
    await expect(scene.desk.service.revisions({ ...viewer, roles: [] }, 'shop', 'qa')).rejects.toThrow(
      'looking at it needs viewer',
    );
    await expect(scene.desk.service.revisions(viewer, 'shop', 'qua')).rejects.toThrow('Did you mean qa?');
  });
});

describe('rolling back to a chosen release', () => {
  it('takes back everything that came since, by one promotion, from how it was before the oldest', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const second = await promote('v3');
    const third = await promote('v4');
    const id = await rollBackTo(third, 'v1');
    const rollback = await scene.desk.load(id);
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
    expect((await scene.desk.store.events(id))[0]?.data).toMatchObject({ to: 'v1', takesBack: [third, second] });
  });

  it('is found by the number of its revision, too', async () => {
    await releases();
    await applied(migration(3), migration(4));
    const newest = await promote('v3');
    const id = await scene.desk.service.rollBack(operator, { promotionId: newest, reason: 'x', to: { number: 1 } });
    expect((await scene.desk.load(id)).rollback?.to?.release).toBe('v1');
    await expect(
      scene.desk.service.rollBack(operator, { promotionId: newest, reason: 'x', to: { number: 9 } }),
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
    const v1 = await scene.desk.store.findRelease('shop', 'v1');
    await scene.desk.change(
      await scene.desk.service.rollBack(operator, { promotionId: taken, reason: 'x' }),
      (draft) => {
        draft.moveTo('QUEUED', engineActor);
        draft.acquireSlot(engineActor, slotResources(draft.record));
        draft.moveTo('ROLLING_BACK', engineActor);
        draft.startStep('verify-rollback', engineActor);
        const environment = { name: 'qa', releaseId: v1?.id ?? '', isVerified: true, broughtBy: null };
        draft.finishStep('verify-rollback', engineActor, 'ok', {}, { environment });
        draft.releaseSlot(engineActor);
        draft.moveTo('ROLLED_BACK', engineActor);
      },
    );
    const newest = await promote('v3');
    const id = await rollBackTo(newest, 'v1');
    expect((await scene.desk.load(id)).rollback?.to?.promotions.map((each) => each.id)).toEqual([newest]);
  });

  it('is refused where something was adopted in between, since nobody knows what that changed', async () => {
    await releases();
    await applied(migration(3), migration(4));
    await promote('v3');
    await scene.desk.service.adopt(operator, 'shop', 'qa', 'v2');
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
      scene.desk.service.rollBack(promoter, { promotionId: newest, reason: 'x', to: { release: 'v1' } }),
    ).rejects.toThrow('rollback needs operator or admin');
  });
});

describe('a rollback of what was promoted once more', () => {
  it('goes to the release before, and takes back everything that brought the one that goes', async () => {
    const first = await promote('v2');
    const again = await promote('v2', true);
    expect(await preview(again)).toMatchObject({ returnsTo: 'v1', takesBack: [again, first] });
    const id = await scene.desk.service.rollBack(operator, { promotionId: again, reason: 'errors' });
    const rollback = await scene.desk.load(id);
    expect(rollback.rollback?.to).toMatchObject({ release: 'v1', promotions: [{ id: again }, { id: first }] });
    expect(rollback.steps.find(({ name }) => name === 'back-up')?.output).toMatchObject({ commit: 'before-v2' });
    expect(await scene.desk.service.rollBack(operator, { promotionId: again, reason: 'errors' })).toBe(id);
  });

  it('is refused before anything where nothing else was verified there', async () => {
    const again = await promote('v1', true);
    const words = `qa ran v1 before ${again} too, and there is no other verified release to return to`;
    await expect(preview(again)).rejects.toThrow(words);
    await expect(scene.desk.service.rollBack(operator, { promotionId: again, reason: 'x' })).rejects.toThrow(words);
  });

  it('gets out where taking it back alone had left its release running', async () => {
    const first = await promote('v2');
    const again = await promote('v2', true);
    const stuck = await storedAlone(again);
    await scene.desk.change(stuck, takesBackTo(undefined));
    const newest = await scene.desk.service.newestPromotion(operator, 'shop', 'qa');
    expect(await preview(newest.id)).toMatchObject({ returnsTo: 'v1', takesBack: [first] });
    expect(await preview(newest.id, { to: { number: 1 } })).toMatchObject({ returnsTo: 'v1', takesBack: [first] });
    const id = await scene.desk.service.rollBack(operator, { promotionId: newest.id, reason: 'x' });
    expect(await scene.desk.load(id)).toMatchObject({ rollbackOf: first, rollback: { to: { release: 'v1' } } });
    expect(await rollBackTo(newest.id, 'v1')).toBe(id);
  });
});

/** Takes one promotion back by itself, as versions did that did not look at what ran before it. */
async function storedAlone(id: string): Promise<string> {
  const original = await scene.desk.load(id);
  const release = await scene.desk.store.loadRelease(original.releaseId);
  if (release === undefined) throw new Error('it has a release');
  const wish = { trigger: 'manual', reason: 'x', acceptsDataLoss: false } as const;
  return storeRollback(scene.desk.context, operator, { original, release, wish, reverted: [] });
}

describe('a rollback that is refused', () => {
  it('is refused by its preview with the same words, and names the next command', async () => {
    const id = await promote('v2');
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: id, reason: 'x' });
    const refusal = async (of: string): Promise<string> => {
      const told = async (asked: Promise<unknown>): Promise<string> =>
        asked.then(
          () => 'not refused',
          (error: unknown) => String(error),
        );
      const words = await told(preview(of));
      expect(await told(scene.desk.service.rollBack(operator, { promotionId: of, reason: 'x' }))).toBe(words);
      return words;
    };
    expect(await preview(id)).toMatchObject({ underWay: rollback });
    expect(await refusal(rollback)).toContain(`promote logs ${rollback} --follow`);
    const v1 = await scene.desk.store.findRelease('shop', 'v1');
    await scene.desk.change(rollback, takesBackTo(v1?.id));
    expect(await refusal(id)).toContain(
      `${rollback} has taken ${id} back already; promote rollback shop --env qa --list`,
    );
    const reason = await scene.desk.service.newestPromotion(operator, 'shop', 'qa').catch(String);
    expect(reason).toContain('qa runs v1 again, and no promotion since is left to take back; v2: ');
    await scene.desk.service.judgeRelease(operator, {
      application: 'shop',
      name: 'v2',
      judgement: 'bad',
      reason: 'it leaks',
    });
    const bad = await scene.desk.service.newestPromotion(operator, 'shop', 'qa', { release: 'v2' }).catch(String);
    expect(bad).toContain('qa cannot return to v2: it is marked bad: it leaks');
  });

  it('names the retry of one that stopped half-way', async () => {
    const id = await promote('v2');
    const rollback = await scene.desk.service.rollBack(operator, { promotionId: id, reason: 'x' });
    await scene.desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, slotResources(draft.record));
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    await expect(preview(rollback)).rejects.toThrow(`promote retry ${rollback}`);
    await expect(preview(id)).rejects.toThrow(`promote retry ${rollback}`);
  });
});
