import { jest } from '@jest/globals';
import { promoteVerified } from '../../../engine/service/auto-promotion.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { HotfixDesk, lane, reason } from './hotfix-desk.ts';
import { alan, anna, operator, promoter, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  desk = await ServiceDesk.open(await server.createStoreDatabase());
  onPath('autoPromote: true');
});
afterEach(async () => {
  await desk.close();
});

function onPath(settings: string): void {
  desk.rules = rulesOf(rulesText().replace('{ from: dev, to: qa }', `{ from: dev, to: qa, ${settings} }`));
}
const promotions = () => desk.store.listPromotions({ limit: 100 });
const asked = async () =>
  Promise.all(
    (await promotions()).map(async ({ releaseId, toEnvironment, state, requestedBy }) => {
      const release = await desk.store.loadRelease(releaseId);
      return [release?.name, toEnvironment, state, requestedBy.id];
    }),
  );
const v2IsAsked = [['v2', 'qa', 'INITIALIZING', engineActor.id]];
const at = () => ({ at: desk.clock.now(), type: 'tried', actor: engineActor, data: {} });

describe('a path that promotes by itself', () => {
  it('asks for what is verified where it begins, once, however often and by however many it is looked at', async () => {
    await Promise.all([promoteVerified(desk.context), promoteVerified(desk.context)]);
    await promoteVerified(desk.context);
    expect(await asked()).toEqual(v2IsAsked);
  });

  it('does not ask again for what was asked for and did not go well', async () => {
    await promoteVerified(desk.context);
    const [first] = await promotions();
    await desk.change(first?.id ?? '', (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    await promoteVerified(desk.context);
    expect(await asked()).toHaveLength(1);
  });

  it('waits until the release has soaked', async () => {
    onPath('autoPromote: true, soakSeconds: 24h');
    desk.clock.advance(24 * 3600 - 1);
    await promoteVerified(desk.context);
    expect(await asked()).toEqual([]);
    desk.clock.advance(1);
    await promoteVerified(desk.context);
    expect(await asked()).toEqual(v2IsAsked);
  });

  it('asks for nothing without being told to', async () => {
    onPath('autoPromote: false');
    await promoteVerified(desk.context);
    expect(await asked()).toEqual([]);
  });

  it('asks for nothing while the target is held, by people or by the rules, and does so afterwards', async () => {
    await desk.service.hold(operator, { application: '*', environment: 'qa', reason: 'an incident' });
    await promoteVerified(desk.context);
    expect(await asked()).toEqual([]);
    await desk.service.unhold(operator, { application: '*', environment: 'qa' });
    const { rules } = desk;
    desk.rules = {
      ...rules,
      environments: rules.environments.map((each) =>
        each.name === 'qa' ? { ...each, hold: { reason: 'pinned' } } : each,
      ),
    };
    await promoteVerified(desk.context);
    expect(await asked()).toEqual([]);
    desk.rules = rules;
    await promoteVerified(desk.context);
    expect(await asked()).toEqual(v2IsAsked);
  });

  it('asks for nothing while it is paused by a rollback, and does so when it is resumed', async () => {
    const other = await desk.run({ to: 'staging', release: 'v1', isAgain: true });
    await desk.change(other, (draft) => {
      draft.pauseAutoPromotion('qa', engineActor);
      draft.moveTo('CANCELLED', engineActor);
    });
    await promoteVerified(desk.context);
    expect(await asked()).toHaveLength(1);
    await desk.service.resumeAutoPromotion(operator, { application: 'shop', environment: 'qa' });
    await promoteVerified(desk.context);
    expect(await asked()).toHaveLength(2);
  });

  it('never asks for a bad release, nor for one older than what the target runs', async () => {
    const v2 = await desk.store.findRelease('shop', 'v2');
    const other = await desk.run({ to: 'staging', release: 'v1', isAgain: true });
    await desk.change(other, (draft) => {
      draft.markReleaseBad(v2?.id ?? '', 'it loses orders', engineActor);
      draft.moveTo('CANCELLED', engineActor);
    });
    await promoteVerified(desk.context);
    expect(await asked()).toHaveLength(1);
    await desk.release('v3');
    const v3 = await desk.store.findRelease('shop', 'v3');
    await desk.store.recordBaseline({ application: 'shop', environment: 'qa', releaseId: v3?.id ?? '' }, at());
    await desk.service.adopt(operator, 'shop', 'dev', 'v1');
    await promoteVerified(desk.context);
    expect(await asked()).toHaveLength(1);
  });

  it('lets the newest win over an older one that only waits, for its window too', async () => {
    await promoteVerified(desk.context);
    const [older] = await promotions();
    await desk.change(older?.id ?? '', (draft) => {
      draft.moveTo('VALIDATING_CONDITIONS', engineActor);
      draft.moveTo('PENDING_APPROVAL', engineActor);
      draft.moveTo('APPROVAL_GRANTED', engineActor);
      draft.park({ reason: 'window', detail: 'frozen', until: undefined }, engineActor);
    });
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
    await promoteVerified(desk.context);
    expect((await asked()).toSorted()).toEqual([
      ['v2', 'qa', 'SUPERSEDED', engineActor.id],
      ['v3', 'qa', 'INITIALIZING', engineActor.id],
    ]);
  });

  it('leaves alone what a person asked for', async () => {
    const id = await desk.run();
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
    await promoteVerified(desk.context);
    expect((await desk.load(id)).state).toBe('INITIALIZING');
  });

  it('says what it was refused, and goes on with the others', async () => {
    onPath(
      'autoPromote: true, database: { rowMoves: [{ table: t, mode: merge, approval: { name: a, roles: [approver] } }] }',
    );
    expect(await promoteVerified(desk.context)).toMatchObject([
      { application: 'shop', release: 'v2', to: 'qa', reason: expect.stringContaining('rowMoves') as string },
    ]);
  });
});

describe('a hotfix on a path that promotes by itself', () => {
  let fixing: HotfixDesk;
  const soak = 'autoPromote: true\n    soakSeconds: 24h';
  beforeEach(async () => {
    fixing = await HotfixDesk.open(await server.createStoreDatabase());
    const text = `${rulesText()}${lane}`.replace('to: production\n', `to: production\n    ${soak}\n`);
    fixing.running.desk.rules = rulesOf(text);
  });
  afterEach(async () => {
    await fixing.close();
  });
  const look = () => promoteVerified(fixing.running.desk.context);
  const newest = async () => (await fixing.running.desk.store.listPromotions({ limit: 1 }))[0];

  it('goes on in the lane when it has been verified for as long as the lane says, for the reason it entered with', async () => {
    const entry = await fixing.enter();
    fixing.running.desk.clock.advance(1700);
    await look();
    expect((await newest())?.id).toBe(entry);
    fixing.running.desk.clock.advance(100);
    expect(await look()).toEqual([]);
    expect(await newest()).toMatchObject({
      toEnvironment: 'production',
      lane: 'hotfix',
      reason,
      requestedBy: { id: engineActor.id, onBehalfOf: promoter.id },
      definition: { approvalStages: [{ name: 'CAB emergency approval' }] },
    });
    await look();
    expect(await fixing.running.desk.store.listPromotions({ limit: 10 })).toHaveLength(2);
  });

  it('soaks for as long as the lane says also where the path itself asks for less', async () => {
    const text = `${rulesText()}${lane}`.replace('to: production\n', 'to: production\n    autoPromote: true\n');
    fixing.running.desk.rules = rulesOf(text);
    const entry = await fixing.enter();
    await look();
    expect((await newest())?.id).toBe(entry);
    fixing.running.desk.clock.advance(1800);
    await look();
    expect(await newest()).toMatchObject({ lane: 'hotfix', toEnvironment: 'production' });
  });

  it('is not approved by whoever wanted it in the lane, though the engine asks', async () => {
    await fixing.enter();
    fixing.running.desk.clock.advance(1800);
    await look();
    await fixing.running.work();
    const id = (await newest())?.id ?? '';
    await expect(fixing.approve(id, { ...alan, id: promoter.id })).rejects.toThrow('asked for this change');
    expect((await fixing.approve(id, anna)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('does not make way for a newer release that the engine asked for', async () => {
    await fixing.enter();
    fixing.running.desk.clock.advance(1800);
    await look();
    const hotfix = (await newest())?.id ?? '';
    await fixing.build('v3', fixing.fix, ['dev', 'staging']);
    fixing.running.desk.clock.advance(86_400);
    await look();
    expect((await fixing.running.desk.load(hotfix)).state).not.toBe('SUPERSEDED');
  });

  it('leaves what came on the ordinary way to its own soak', async () => {
    await fixing.build('v3', fixing.fix, ['dev', 'staging']);
    fixing.running.desk.clock.advance(1800);
    await look();
    expect(await newest()).toBeUndefined();
    fixing.running.desk.clock.advance(86_400);
    await look();
    expect(await newest()).toMatchObject({ lane: 'normal', toEnvironment: 'production' });
  });
});
