import { jest } from '@jest/globals';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { alan, operator, promoter, rulesText } from './service-fixture.ts';

jest.setTimeout(240_000);

const stages = 'approvals: { stages: [{ name: SRE, roles: [approver] }] }';
const checklist = 'checklist: [{ item: Release notes prepared }]';
const window = 'windows: [{ kind: once, from: 2026-11-21T00:00:00Z, to: 2026-11-30T00:00:00Z }]';
const reason = `v3 is marked bad by ${operator.id}: it leaks`;

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await running.close();
});

async function open(...requirements: readonly string[]): Promise<void> {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(requirements.join('\n')));
  await running.release('v3', { verifiedIn: ['dev', 'qa'], configuration: { 'feature.limit': 7 } });
}
const judge = (judgement: 'bad' | 'not-bad') =>
  running.desk.service.judgeRelease(operator, { application: 'shop', name: 'v3', judgement, reason: 'it leaks' });
const approve = (promotionId: string) => running.desk.service.decide(alan, { promotionId, decision: 'approved' });
const runsInStaging = async () => (await running.deployments.status('staging')).desired?.release;
const startedOf = async (id: string) =>
  (await running.desk.store.events(id)).filter(({ type }) => type === 'step-started').map(({ data }) => data['step']);

/** Ended, with why, and nothing of it in staging. */
async function expectRefused(id: string): Promise<void> {
  const { state, failure, holdsSlot } = await running.desk.load(id);
  expect([state, failure?.error.message, failure?.requirementsNotMet, holdsSlot]).toEqual([
    'FAILED',
    reason,
    true,
    false,
  ]);
  expect(await runsInStaging()).toBe('v1');
  expect(await startedOf(id)).not.toContain('back-up');
}

describe('a release that is marked bad', () => {
  it.each([
    ['its checklist', [checklist], 'checklist'],
    ['approval', [stages], 'approval'],
    ['its window', [window], 'window'],
  ])('ends its promotion at once that waits for %s', async (_, requirements, waitsFor) => {
    await open(...requirements);
    const { id, parked } = await running.promote({ release: 'v3', to: 'staging' });
    expect(parked?.reason).toBe(waitsFor);
    const before = running.desk.dispatches;
    await judge('bad');
    expect(running.desk.dispatches).toBe(before + 1);
    if (waitsFor === 'approval') {
      await expect(approve(id)).rejects.toThrow(`${reason}. It is promoted nowhere, and ${id} ends`);
    }
    await running.work();
    await expectRefused(id);
    expect(await running.report(id)).toContain(reason);
  });

  it('ends its promotion that waits for its turn, and the one whose request came in the same instant', async () => {
    await open();
    await running.release('v4', { verifiedIn: ['dev', 'qa'] });
    const holder = await running.desk.run({ release: 'v4', to: 'staging' });
    await running.desk.change(holder, (draft) => {
      draft.acquireSlot(promoter, []);
      draft.rest();
    });
    const { id, parked } = await running.promote({ release: 'v3', to: 'staging' });
    expect(parked?.reason).toBe('slot');
    await judge('bad');
    await running.work();
    await expectRefused(id);
    await judge('not-bad');
    const other = await running.desk.run({ release: 'v3', to: 'staging' });
    await judge('bad');
    await running.work();
    await expectRefused(other);
  });

  it('ends it too when it was a rollback elsewhere that found it bad', async () => {
    await open(stages);
    const { id } = await running.promote({ release: 'v3', to: 'staging' });
    const elsewhere = await running.desk.run({ release: 'v2', to: 'qa' });
    const { releaseId } = await running.desk.load(id);
    await running.desk.change(elsewhere, (draft) => {
      draft.markReleaseBad(releaseId, 'it leaks', operator);
    });
    await running.work();
    await expectRefused(id);
  });

  it('goes on after all when it is unmarked and the promotion is tried again, and not before', async () => {
    await open(stages);
    const { id } = await running.promote({ release: 'v3', to: 'staging' });
    await judge('bad');
    await running.work();
    await expect(running.desk.service.retry(operator, id)).rejects.toThrow(`${reason}. Make a new release`);
    await judge('not-bad');
    await running.desk.service.retry(operator, id);
    await running.work();
    await approve(id);
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await runsInStaging()).toBe('v3');
  });
});

describe('a release that is marked bad while its promotion runs', () => {
  it('is deployed only where the deployment had begun before, whichever moment it is; else it is taken back', async () => {
    await open();
    const { store } = running.desk;
    const before = running.git.git('show', 'env/staging:shop/staging/values.yaml');
    const commit = store.commit.bind(store);
    const ends = new Set<string>();
    for (let moment = 0; ; moment += 1) {
      const id = await running.desk.run({ release: 'v3', to: 'staging' });
      let commits = 0;
      let startedThen: readonly unknown[] = [];
      // Between what a run has decided and its writing that down: the moment in which marking is easiest to overlook.
      const spy = jest.spyOn(store, 'commit').mockImplementation(async (transition) => {
        if (transition.record.id === id && transition.fence !== undefined) {
          if (commits === moment) {
            startedThen = await startedOf(id);
            await judge('bad');
          }
          commits += 1;
        }
        return commit(transition);
      });
      await running.work();
      spy.mockRestore();
      const { state, failure } = await running.desk.load(id);
      if (startedThen.includes('deploy')) {
        expect(state).toBe('COMPLETED_SUCCESSFULLY');
        break;
      }
      ends.add(state);
      expect(failure?.error.message).toBe(reason);
      expect(await startedOf(id)).not.toContain('deploy');
      expect(await runsInStaging()).toBe('v1');
      expect(running.git.git('show', 'env/staging:shop/staging/values.yaml')).toBe(before);
      await judge('not-bad');
    }
    expect([...ends].toSorted()).toEqual(['FAILED', 'ROLLED_BACK']);
  });
});
