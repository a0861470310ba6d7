import fc from 'fast-check';
import { engineActor } from '../../../../engine/workflow/actor.ts';
import { slotResources } from '../../../../engine/workflow/run-promotion.ts';
import type { ServiceStore } from '../../../../engine/store/service-store.ts';
import {
  apply,
  claim,
  claimOne,
  commit,
  farAway,
  finish,
  load,
  requestPromotion,
  standInLine,
  takeSlot,
  type OpenStore,
} from './store-fixture.ts';
import { workThroughQueue } from './queue-workers.ts';

/** Whether a promotion would be claimed now. */
const isDue = async (store: ServiceStore, id: string): Promise<boolean> =>
  (await claim(store, { promotionId: id, leaseSeconds: 0 })).length === 1;

const waiting = standInLine(farAway);

export function describeSlots(opened: OpenStore): void {
  /** Asks for a promotion that then stands in line. */
  async function inLine(
    store: ServiceStore,
    resources: readonly string[] = [],
    environment = 'staging',
  ): Promise<string> {
    const id = await requestPromotion(store, { resources, environment });
    await apply(store, await claimOne(store, id), waiting);
    return id;
  }
  /** Asks for a promotion that holds its slot. */
  async function holding(
    store: ServiceStore,
    resources: readonly string[] = [],
    environment = 'staging',
  ): Promise<string> {
    const id = await requestPromotion(store, { resources, environment });
    await apply(store, await claimOne(store, id), takeSlot);
    return id;
  }
  const takes = async (store: ServiceStore, id: string): Promise<boolean> => {
    const outcome = await commit(store, await load(store, id), takeSlot);
    return outcome.outcome === 'applied';
  };
  const ends = async (store: ServiceStore, id: string): Promise<void> => {
    await apply(store, await load(store, id), finish);
  };

  it('gives a slot under a new fence, and tells who holds it', async () => {
    const { store } = opened();
    const id = await requestPromotion(store);
    const run = await claimOne(store, id);
    const outcome = await commit(store, run, takeSlot);
    expect(outcome).toMatchObject({ outcome: 'applied' });
    const held = await load(store, id);
    expect(held).toMatchObject({ holdsSlot: true, state: 'PROMOTION_RUNNING' });
    expect(held.fence).toBeGreaterThan(run.fence);
    expect(await commit(store, { ...held, fence: run.fence }, finish)).toEqual({ outcome: 'lost-lease' });
  });

  it('gives everything that a promotion locks, or nothing of it', async () => {
    const { store } = opened();
    const holder = await holding(store, ['database:orders'], 'qa');
    const both = await requestPromotion(store, { resources: ['database:orders', 'shared:flags'] });
    await claimOne(store, both);
    expect(await takes(store, both)).toBe(false);
    // Had the other one kept a part, this would not get it.
    expect(await takes(store, await requestPromotion(store, { resources: ['shared:flags'], environment: 'uat' }))).toBe(
      true,
    );
    await ends(store, holder);
    expect(await takes(store, both)).toBe(false);
  });

  it('keeps applications and environments apart', async () => {
    const { store } = opened();
    await holding(store);
    expect(await takes(store, await requestPromotion(store, { environment: 'qa' }))).toBe(true);
    expect(await takes(store, await requestPromotion(store, { application: 'blog' }))).toBe(true);
    expect(await takes(store, await requestPromotion(store))).toBe(false);
  });

  it('serves those who wait in the order in which they came', async () => {
    const { store } = opened();
    const holder = await holding(store);
    const line = [await inLine(store), await inLine(store), await inLine(store)];
    const newcomer = await requestPromotion(store);
    let before = holder;
    for (const next of line) {
      await ends(store, before);
      expect(await takes(store, newcomer)).toBe(false);
      for (const later of line.slice(line.indexOf(next) + 1)) expect(await takes(store, later)).toBe(false);
      expect(await takes(store, next)).toBe(true);
      before = next;
    }
    await ends(store, before);
    expect(await takes(store, newcomer)).toBe(true);
  });

  it('keeps any line in the order in which they came, those who take something back first, and says each one its place', async () => {
    const { store } = opened();
    let lines = 0;
    const moves = fc.array(fc.constantFrom('join', 'take-back', 'look-again', 'serve', 'leave'), {
      minLength: 4,
      maxLength: 14,
    });
    await fc.assert(
      fc.asyncProperty(moves, fc.infiniteStream(fc.nat()), async (steps, anyone) => {
        const environment = `line-${String(++lines)}`;
        let holder = await holding(store, [], environment);
        let line: readonly { readonly id: string; readonly takesBack: boolean }[] = [];
        const pick = () => line[(anyone.next().value ?? 0) % Math.max(1, line.length)];
        for (const step of steps) {
          const chosen = pick();
          switch (step) {
            case 'join':
            case 'take-back': {
              const takesBack = step === 'take-back';
              const id = await requestPromotion(store, { environment, ...(takesBack ? { kind: 'rollback' } : {}) });
              await apply(store, await claimOne(store, id), waiting);
              const joined = [...line, { id, takesBack }];
              line = [...joined.filter((each) => each.takesBack), ...joined.filter((each) => !each.takesBack)];
              break;
            }
            case 'look-again':
              if (chosen !== undefined) await apply(store, await load(store, chosen.id), waiting);
              break;
            case 'leave':
              if (chosen === undefined) break;
              await commit(
                store,
                await load(store, chosen.id),
                (draft) => {
                  draft.moveTo('SUPERSEDED', engineActor);
                },
                undefined,
              );
              line = line.filter(({ id }) => id !== chosen.id);
              break;
            case 'serve': {
              await ends(store, holder);
              for (const { id } of line.slice(1)) expect(await takes(store, id)).toBe(false);
              const [first, ...rest] = line;
              holder = first?.id ?? (await requestPromotion(store, { environment }));
              expect(await takes(store, holder)).toBe(true);
              line = rest;
              break;
            }
          }
          const places = await Promise.all(line.map(async ({ id }) => (await load(store, id)).queuePlace));
          expect(places).toEqual(line.map((_, index) => ({ position: index + 1, behind: line[index - 1]?.id })));
          expect((await load(store, holder)).queuePlace).toBeUndefined();
        }
      }),
      { numRuns: 12 },
    );
  });

  it('lets nobody overtake whoever waits for two things by taking one of them again and again', async () => {
    const { store } = opened();
    const [a, b] = [await holding(store, ['database:a'], 'env-a'), await holding(store, ['database:b'], 'env-b')];
    const both = await inLine(store, ['database:a', 'database:b']);
    await ends(store, a);
    const late = await requestPromotion(store, { resources: ['database:a'], environment: 'env-late' });
    expect(await takes(store, late)).toBe(false);
    await ends(store, b);
    expect(await takes(store, both)).toBe(true);
  });

  it('wakes the first in line, and only the first, when a slot is given up', async () => {
    const { store } = opened();
    const holder = await holding(store);
    const [first, second] = [await inLine(store), await inLine(store)];
    expect([await isDue(store, first), await isDue(store, second)]).toEqual([false, false]);
    await ends(store, holder);
    expect([await isDue(store, first), await isDue(store, second)]).toEqual([true, false]);
  });

  it('wakes the first in line for each of several things that are given up', async () => {
    const { store } = opened();
    const holder = await holding(store, ['database:a', 'database:b']);
    const line = [
      await inLine(store, ['database:a'], 'env-a'),
      await inLine(store, ['database:b'], 'env-b'),
      await inLine(store),
    ];
    await ends(store, holder);
    expect(await Promise.all(line.map((id) => isDue(store, id)))).toEqual([true, true, true]);
  });

  it('wakes the next one when the first in line leaves it without a turn', async () => {
    const { store } = opened();
    const holder = await holding(store);
    const [first, second] = [await inLine(store), await inLine(store)];
    await ends(store, holder);
    await commit(
      store,
      await load(store, first),
      (draft) => {
        draft.moveTo('SUPERSEDED', engineActor);
      },
      undefined,
    );
    expect(await isDue(store, second)).toBe(true);
    expect(await takes(store, second)).toBe(true);
  });

  it('wakes at once whoever begins to wait when the slot was given up in between', async () => {
    const { store } = opened();
    const holder = await holding(store);
    const next = await requestPromotion(store);
    const run = await claimOne(store, next);
    expect(await commit(store, run, takeSlot)).toEqual({ outcome: 'slot-busy' });
    expect(await store.holderOf(slotResources(run))).toMatchObject({ promotionId: holder });
    await ends(store, holder);
    expect(await store.holderOf(slotResources(run))).toBeUndefined();
    await apply(store, run, waiting);
    expect(await isDue(store, next)).toBe(true);
  });

  it('wakes at once whoever waits on when its call came while it was looking', async () => {
    const { store } = opened();
    const holder = await holding(store);
    const next = await inLine(store);
    const run = await claim(store, { promotionId: next, now: farAway });
    const [record] = run;
    if (record === undefined) throw new Error('not claimed');
    expect(await commit(store, record, takeSlot)).toEqual({ outcome: 'slot-busy' });
    await ends(store, holder);
    await apply(store, record, waiting);
    expect(await isDue(store, next)).toBe(true);
  });

  it('keeps a slot over the death of its run, for the run that takes it up', async () => {
    const { store } = opened();
    const id = await holding(store);
    const other = await requestPromotion(store);
    await store.release([{ promotionId: id, fence: (await load(store, id)).fence }]);
    expect(await takes(store, other)).toBe(false);
    const resumed = await claimOne(store, id);
    expect(resumed.holdsSlot).toBe(true);
    await apply(store, resumed, finish);
    expect(await takes(store, other)).toBe(true);
  });

  it('serves many workers over few slots: no two in one, nobody forgotten, nobody in a circle', async () => {
    const { store, open } = opened();
    const names = ['a', 'b', 'c', 'd'];
    const ids: string[] = [];
    for (let index = 0; index < 90; index += 1) {
      const resources = names.filter((_, bit) => ((index * 7) >> bit) % 2 === 1).map((name) => `database:${name}`);
      ids.push(await requestPromotion(store, { resources, environment: `env-${String(index % 3)}` }));
    }
    const stores = [store, await open(), await open()];
    const witness = await workThroughQueue(stores, 4, ids.length);
    expect(witness.collisions).toEqual([]);
    expect(witness.errors).toEqual([]);
    expect(witness.finished.toSorted()).toEqual(ids.toSorted());
  });
}
