import { jest } from '@jest/globals';
import fc from 'fast-check';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { alan, anna, promoter, rulesText } from './service-fixture.ts';

jest.setTimeout(240_000);

const stages = 'approvals: { stages: [{ name: SRE, roles: [approver], minimumApprovals: 2 }] }';
const checklist = 'checklist: [{ item: Release notes prepared }]';
const window = 'windows: [{ kind: once, from: 2026-11-21T00:00:00Z, to: 2026-11-30T00:00:00Z }]';

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await running.close();
});

/** A promotion of v3 into staging that has come as far as it comes by itself. */
async function ask(...requirements: readonly string[]): Promise<string> {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(requirements.join('\n')));
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
  return (await running.promote({ release: 'v3', to: 'staging' })).id;
}
const approve = (id: string, actor: typeof alan) =>
  running.desk.service.decide(actor, { promotionId: id, decision: 'approved' });
const reject = (id: string, actor = alan) =>
  running.desk.service.decide(actor, { promotionId: id, decision: 'rejected', comment: 'never' });
const tick = (promotionId: string) =>
  running.desk.service.tick(promoter, { promotionId, item: 'Release notes prepared' });
const changePlan = (limit: number) => {
  const values = `release: v1\nimages:\n  api: sha256:old\nfeature:\n  limit: ${String(limit)}\n`;
  running.git.commit('env/staging', { 'shop/staging/values.yaml': values });
};

/** Ended in the moment of the rejection, before anybody works, and still after everybody has. */
async function expectEnded(id: string): Promise<void> {
  const { state, endedAt, holdsSlot, parked } = await running.desk.load(id);
  expect({ state, endedAt, holdsSlot, parked }).toEqual({
    state: 'REJECTED',
    endedAt: running.desk.clock.now(),
    holdsSlot: false,
    parked: undefined,
  });
  running.desk.clock.advance(86_400);
  await running.work();
  expect((await running.desk.load(id)).state).toBe('REJECTED');
  expect((await running.deployments.status('staging')).desired?.release).toBe('v1');
}

describe('a rejection ends a promotion at once', () => {
  it('while it waits for its checklist', async () => {
    const id = await ask(stages, checklist);
    expect((await running.desk.load(id)).parked?.reason).toBe('checklist');
    await reject(id);
    await expectEnded(id);
    const told = (await running.desk.store.takeOutbox(100, 60)).filter(({ type }) => type === 'promotion.ended');
    expect(told.map(({ body }) => body)).toMatchObject([
      { state: 'REJECTED', reason: `${alan.id} rejected it: never` },
    ]);
    await expect(approve(id, anna)).rejects.toThrow('does not wait for an approval (rejected)');
  });

  it('while it waits for approval', async () => {
    const id = await ask(stages);
    await approve(id, anna);
    await reject(id);
    await expectEnded(id);
  });

  it('while it is approved and waits for its window', async () => {
    const id = await ask(stages, window);
    for (const actor of [alan, anna]) await approve(id, actor);
    await running.work();
    expect((await running.desk.load(id)).parked?.reason).toBe('window');
    await reject(id, anna);
    await expectEnded(id);
  });

  it('while it waits for its turn', async () => {
    const id = await ask(stages);
    await running.release('v4', { verifiedIn: ['dev', 'qa'] });
    const holder = await running.desk.run({ release: 'v4', to: 'staging' });
    await running.desk.change(holder, (draft) => {
      draft.acquireSlot(promoter, []);
      draft.rest();
    });
    for (const actor of [alan, anna]) await approve(id, actor);
    await running.work();
    expect((await running.desk.load(id)).parked?.reason).toBe('slot');
    await reject(id);
    await expectEnded(id);
  });

  it('while a run is at work on it, whose step then leaves no trace', async () => {
    const id = await ask(stages, checklist);
    await tick(id);
    const store = running.desk.store;
    const commit = store.commit.bind(store);
    let isRejected = false;
    // The run has looked at the ticks and is about to write down what it waits for now.
    jest.spyOn(store, 'commit').mockImplementation(async (transition) => {
      const isRun = transition.fence !== undefined && transition.record.parked?.reason === 'approval';
      if (isRun && !isRejected) {
        isRejected = true;
        await reject(id);
      }
      return commit(transition);
    });
    await running.work();
    expect(isRejected).toBe(true);
    await expectEnded(id);
    const last = (await store.events(id)).at(-1);
    expect(last).toMatchObject({ type: 'state-changed', data: { to: 'REJECTED' }, actor: { id: alan.id } });
  });

  it('when the plan has changed since, without the checklist being ticked', async () => {
    const id = await ask(stages, checklist);
    changePlan(9);
    await reject(id);
    await tick(id).catch((error: unknown) => {
      expect(error).toBeInstanceOf(RefusedError);
    });
    await expectEnded(id);
  });
});

// Open for four hours from each midnight. Courses begin at noon and only what follows the rejection reaches it, so that nothing is
// promoted before it is rejected, and everything could be after.
const nightly =
  'windows: [{ kind: weekly, days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday], from: "00:00", to: "04:00", timeZone: UTC }]';
const deeds = ['tick', 'plan', 'alan', 'anna', 'work', 'reject'] as const;
const deedsAfter = [...deeds, 'time'] as const;
type Deed = (typeof deedsAfter)[number];
const secondsToNoon = (now: Date) => (36 * 3_600 - ((now.getTime() / 1000) % 86_400)) % 86_400;

describe('a rejected promotion', () => {
  it('never moves, in whatever order people tick, approve and reject, plans change, time passes and runs work', async () => {
    await reject(await ask(stages, checklist, nightly));
    let limit = 10;
    const perform: Readonly<Record<Deed, (id: string) => Promise<unknown>>> = {
      tick,
      alan: (id) => approve(id, alan),
      anna: (id) => approve(id, anna),
      reject,
      work: () => running.work(),
      plan: async () => {
        changePlan((limit += 1));
      },
      time: async () => {
        running.desk.clock.advance(6 * 3_600);
      },
    };
    const course = <Of extends Deed>(of: readonly Of[]) =>
      fc.array(fc.constantFrom(...of), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(course(deeds), course(deedsAfter), async (before, after) => {
        running.desk.clock.advance(secondsToNoon(running.desk.clock.now()));
        const id = await running.desk.run({ release: 'v3', to: 'staging' });
        let isRejected = false;
        for (const deed of ['work' as const, ...before, 'reject' as const, ...after, 'work' as const]) {
          const isDone = await perform[deed](id).then(
            () => true,
            (error: unknown) => {
              if (!(error instanceof RefusedError)) throw error;
              return false;
            },
          );
          isRejected ||= deed === 'reject' && isDone;
          const { state, endedAt, holdsSlot } = await running.desk.load(id);
          if (isRejected) expect([state, endedAt !== undefined, holdsSlot]).toEqual(['REJECTED', true, false]);
        }
        expect(isRejected).toBe(true);
        expect((await running.deployments.status('staging')).desired?.release).toBe('v1');
      }),
      { numRuns: 25 },
    );
  });
});
