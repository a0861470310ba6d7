import { jest } from '@jest/globals';
import { NothingToDoError, RefusedError } from '../../../engine/service/service-errors.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { operator } from './service-fixture.ts';
import { brings, openRollbackScene, takesBackTo } from './rollback-scene.ts';

jest.setTimeout(60_000);

const scene = openRollbackScene();

const refusalOf = async (asked: Promise<unknown>): Promise<RefusedError> => {
  const refusal: unknown = await asked.catch((error: unknown) => error);
  if (!(refusal instanceof RefusedError)) throw new Error('it was not refused', { cause: refusal });
  return refusal;
};
/** v3 runs in qa and is being taken back; nothing of that is done yet. */
async function rollingBack(): Promise<string> {
  await scene.releases();
  const promoted = await scene.promote('v3');
  return scene.desk.service.rollBack(operator, { promotionId: promoted, reason: 'errors' });
}

describe('a request for what is recorded to run where something is under way', () => {
  it.each([false, true])(
    'names the rollback that takes it back, instead of nothing to do (dry run: %s)',
    async (isDryRun) => {
      const rollback = await rollingBack();
      const refusal = await refusalOf(scene.desk.run({ release: 'v3', isDryRun }));
      expect(refusal).not.toBeInstanceOf(NothingToDoError);
      expect(refusal.isRequirement).toBe(true);
      expect(refusal.message).toContain(
        `what runs in qa is being changed: v3 is being taken back there by ${rollback} (`,
      );
      expect(refusal.message).toContain(`promote logs ${rollback} --follow sees it end`);
    },
  );

  it('names it also to whoever asks for the release that comes back', async () => {
    const rollback = await rollingBack();
    expect((await refusalOf(scene.desk.run({ release: 'v1' }))).message).toContain(rollback);
  });

  it('names the promotion that holds the place, since the release will not run there for long', async () => {
    await scene.releases();
    await scene.promote('v3');
    const next = await scene.desk.run({ release: 'v4' });
    await expect(scene.desk.run({ release: 'v3' })).rejects.toThrow(NothingToDoError);
    await scene.desk.change(next, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, ['slot:shop/qa']);
    });
    const refusal = await refusalOf(scene.desk.run({ release: 'v3' }));
    expect(refusal).not.toBeInstanceOf(NothingToDoError);
    expect(refusal.message).toContain(`v4 is on its way there by ${next}`);
  });

  it('names the rollback that failed half-way and keeps the place', async () => {
    const rollback = await rollingBack();
    await scene.desk.change(rollback, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.acquireSlot(engineActor, ['slot:shop/qa']);
      draft.moveTo('ROLLING_BACK', engineActor);
      draft.moveTo('ROLLBACK_FAILED', engineActor);
    });
    expect((await refusalOf(scene.desk.run({ release: 'v3' }))).message).toContain(rollback);
  });

  it('queues a release that has never run there, and one that is meant to run there once more', async () => {
    await rollingBack();
    await expect(scene.desk.run({ release: 'v4' })).resolves.toMatch(/^pr-/);
    await expect(scene.desk.run({ release: 'v1', isAgain: true })).resolves.toMatch(/^pr-/);
  });

  it('says again that it runs there once the rollback has ended', async () => {
    const rollback = await rollingBack();
    const v1 = await scene.desk.store.findRelease('shop', 'v1');
    await scene.desk.change(rollback, takesBackTo(v1?.id));
    await expect(scene.desk.run({ release: 'v1' })).rejects.toThrow(NothingToDoError);
  });

  it('leaves going back beside a promotion to the command that goes back', async () => {
    await scene.releases();
    await scene.promote('v3');
    await scene.desk.change(await scene.desk.run({ release: 'v4' }), brings('v4'));
    expect((await refusalOf(scene.desk.run({ release: 'v3' }))).message).toContain('promote rollback shop --env qa');
  });
});
