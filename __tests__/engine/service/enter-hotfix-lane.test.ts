import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { HotfixDesk, lane, reason } from './hotfix-desk.ts';
import { alan, alba, anna, operator, promoter, viewer } from './service-fixture.ts';

jest.setTimeout(180_000);

let server: ScratchPostgres;
let desk: HotfixDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await desk.close();
});

async function open(more?: string, rest?: string): Promise<void> {
  desk = await HotfixDesk.open(await server.createStoreDatabase(), more, rest);
}
const load = (id: string) => desk.running.desk.load(id);
const events = (id: string) => desk.running.desk.store.events(id);
const promotions = () => desk.running.desk.store.listPromotions({ limit: 100 });
const leftToDo = async () =>
  (await desk.running.desk.service.openItems(viewer, { application: 'shop' })).map(({ id, detail }) => [id, detail]);

describe('a hotfix', () => {
  it('enters at staging past the environments before it, with the emergency approval instead of the others', async () => {
    await open('gates: { coverage: {} }\nsoakSeconds: 24h\napprovals: { stages: [{ name: QA, roles: [qa] }] }');
    const asked = await desk.ask();
    expect([asked.state, asked.parked?.reason, asked.parked?.detail]).toEqual([
      'PENDING_APPROVAL',
      'approval',
      '0 of 1 approval of stage CAB emergency approval (role approver)',
    ]);
    const { state, fromEnvironment, lane: taken } = await desk.approve(asked.id);
    expect([state, fromEnvironment, taken]).toEqual(['COMPLETED_SUCCESSFULLY', 'dev', 'hotfix']);
    const [running] = await desk.running.desk.store.deployedReleases('shop', 'staging');
    expect(running?.release.name).toBe('v1.1');
  });

  it('goes on to production when it has run in staging for half an hour, not before, with an approval of its own', async () => {
    await open();
    await desk.enter();
    const { id, parked } = await desk.ask({ to: 'production' });
    const until = new Date(desk.running.desk.clock.now().getTime() + 1800 * 1000);
    expect(parked?.reason).toBe('soak');
    expect(Math.abs((parked?.until?.getTime() ?? 0) - until.getTime())).toBeLessThan(60_000);
    desk.running.desk.clock.advance(1800);
    await desk.running.work();
    expect((await load(id)).parked?.detail).toContain('CAB emergency approval');
    expect((await desk.approve(id, alba)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('soaks for as long as the rules say', async () => {
    await open('', lane.replace('entry: staging', 'entry: staging\n  verifySeconds: 5m'));
    await desk.enter();
    expect((await desk.ask({ to: 'production' })).parked?.reason).toBe('soak');
    desk.running.desk.clock.advance(300);
    await desk.running.work();
    expect((await promotions())[0]?.parked?.reason).toBe('approval');
  });

  it('waits for no window and for no freeze that lets hotfixes through, but for a hold', async () => {
    const closed = '{ kind: once, from: 2020-01-01T00:00:00Z, to: 2020-01-02T00:00:00Z }';
    await open(`windows: [${closed}]`);
    const service = desk.running.desk.service;
    const to = new Date(desk.running.desk.clock.now().getTime() + 86_400_000);
    await service.declareFreeze(operator, { name: 'year-end', reason: 'nobody is there', to });
    await service.hold(operator, { application: 'shop', environment: 'staging', reason: 'an incident' });
    const { id } = await desk.ask();
    expect((await desk.approve(id)).parked).toMatchObject({
      reason: 'window',
      detail: 'staging is held (an incident)',
    });
    await service.unhold(operator, { application: 'shop', environment: 'staging' });
    await desk.running.work();
    expect((await load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('is told as one in plan, audit trail, report, status and among what changed', async () => {
    await open('gates: { coverage: {} }\nsoakSeconds: 24h\napprovals: { stages: [{ name: QA, roles: [qa] }] }');
    const id = await desk.enter();
    const service = desk.running.desk.service;
    const { plan, promotion } = await service.view(viewer, id);
    expect(plan?.body).toMatchObject({
      lane: 'hotfix',
      laneTerms: [
        'approval by CAB emergency approval instead of QA',
        'passes by qa',
        'need not have been verified before',
        'without coverage',
        'waits for no window, and for no freeze that lets hotfixes through',
      ],
      setAside: [{ kind: 'hotfix', by: promoter.id, reason }],
    });
    expect(promotion.overrides).toMatchObject([{ kind: 'hotfix', by: promoter.id, reason }]);
    expect((await events(id)).find(({ type }) => type === 'requested')?.data).toMatchObject({ lane: 'hotfix', reason });
    expect((await events(id)).find(({ type }) => type === 'override')).toMatchObject({
      actor: promoter,
      data: { kind: 'hotfix', reason },
    });
    expect(await desk.running.report(id)).toContain(
      '- Lane: hotfix; approval by CAB emergency approval instead of QA;',
    );
    expect(await desk.running.desk.store.changesOf(id)).toContainEqual({
      kind: 'override',
      subject: 'hotfix',
      before: undefined,
      after: reason,
    });
    const staging = (await service.environments(viewer, 'shop')).find(({ name }) => name === 'staging');
    expect(staging).toMatchObject({ isHotfix: true, release: { name: 'v1.1' } });
    const told = (await desk.running.desk.store.takeOutbox(100, 60)).find(({ type }) => type === 'promotion.started');
    expect(told?.body).toMatchObject({ lane: 'hotfix' });
  });

  it('is checked beforehand without a reason, and a dry run leaves nothing behind', async () => {
    await open();
    const { id, state, overrides } = await desk.ask({ isDryRun: true, reason: undefined });
    const { plan } = await desk.running.desk.service.view(viewer, id);
    expect([state, plan?.body['lane'], overrides]).toEqual(['COMPLETED_SUCCESSFULLY', 'hotfix', []]);
    expect(await leftToDo()).toEqual([]);
  });

  it('is another request than the same promotion outside of the lane', async () => {
    await open();
    await desk.build('v3', desk.live, ['dev', 'qa']);
    const ask = { release: 'v3', to: 'staging', from: 'qa', idempotencyKey: 'one', reason };
    const id = await desk.running.desk.run({ ...ask, isHotfix: true });
    expect(await desk.running.desk.run({ ...ask, isHotfix: true })).toBe(id);
    await expect(desk.running.desk.run(ask)).rejects.toThrow('the idempotency key was used for another request');
  });

  it('does not make way for a newer release in the line', async () => {
    await open('supersedeQueued: true');
    const { id } = await desk.ask();
    await desk.running.desk.change(id, (draft) => {
      draft.moveTo('APPROVAL_GRANTED', promoter);
      draft.moveTo('QUEUED', promoter);
    });
    await desk.build('v3', desk.fix, ['dev', 'qa']);
    await desk.running.desk.run({ release: 'v3', to: 'staging' });
    expect((await load(id)).state).toBe('QUEUED');
  });
});

describe('the hotfix lane is refused', () => {
  const refused = async (more: Parameters<HotfixDesk['ask']>[0], actor?: Actor) => {
    const before = await promotions();
    const error: unknown = await desk.ask(more, actor).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(await promotions()).toEqual(before);
    return error;
  };

  it('without the permission, without a reason, and where the rules have none', async () => {
    await open();
    const nobody = await refused({}, { ...viewer, roles: ['approver'] });
    expect(nobody).toBeInstanceOf(NotAuthorizedError);
    expect(await refused({ reason: ' ' })).toMatchObject({ message: 'say why with --reason: a hotfix needs one' });
    desk.running.desk.rules = { ...desk.running.desk.rules, hotfix: undefined };
    expect(await refused({})).toMatchObject({ message: expect.stringContaining('have no hotfix lane') as string });
  });

  it('before its entry and behind it, also for a release that came to the entry on the ordinary way', async () => {
    await open();
    expect(await refused({ to: 'qa' })).toMatchObject({
      message: 'the hotfix lane enters at staging, and qa is not behind it; promote it there as any other',
    });
    expect(await refused({ to: 'production', from: 'dev' })).toMatchObject({
      message: 'the hotfix lane may be entered at staging, nowhere later; promote it to staging first',
    });
    await desk.build('v3', desk.fix, ['dev', 'qa', 'staging']);
    const error = await refused({ release: 'v3', to: 'production' });
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({
      isRequirement: true,
      message: expect.stringContaining('v3 did not come to staging in the hotfix lane') as string,
    });
  });

  it('for a release of which nobody knows the commit, and for one that is marked bad', async () => {
    await open();
    await desk.running.release('v9', { verifiedIn: [] });
    expect(await refused({ release: 'v9' })).toMatchObject({
      message: expect.stringContaining('v9 does not say which commit it was made from') as string,
    });
    await desk.running.desk.service.judgeRelease(operator, {
      application: 'shop',
      name: 'v1.1',
      judgement: 'bad',
      reason: 'worse',
    });
    expect(await refused({})).toMatchObject({ message: expect.stringContaining('v1.1 is marked bad') as string });
  });

  it('approval is given neither by whoever asked or wrote it, nor brought along', async () => {
    await open('approvals: { mayAutoApprove: [promoter] }');
    const { id, state } = await desk.ask({ autoApproves: true });
    expect(state).toBe('PENDING_APPROVAL');
    const decide = (actor: Actor) => desk.running.desk.service.decide(actor, { promotionId: id, decision: 'approved' });
    const both: Actor = { ...promoter, roles: ['promoter', 'approver'] };
    await expect(decide(both)).rejects.toThrow('asked for this change or wrote it');
    await expect(decide({ ...alan, id: 'willa@shop.example' })).rejects.toThrow('asked for this change or wrote it');
  });
});

describe('after a hotfix', () => {
  it('its merge-back and its post-mortem are left to do, once, whatever it goes on to', async () => {
    await open();
    await desk.enter();
    const expected = [
      ['merge-back:shop:v1.1', 'merge the hotfix v1.1 back to develop'],
      ['post-mortem:shop:v1.1', `write the post-mortem of the hotfix v1.1: ${reason}`],
    ];
    expect(await leftToDo()).toEqual(expected);
    desk.running.desk.clock.advance(1800);
    const { id } = await desk.ask({ to: 'production' });
    expect((await desk.approve(id, anna)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await leftToDo()).toEqual(expected);
    await desk.running.desk.service.closeItem(promoter, 'post-mortem:shop:v1.1', 'wiki/2026-11-20');
    expect(await leftToDo()).toEqual([expected[0]]);
  });

  it('is asked for by nothing of an ordinary promotion', async () => {
    await open();
    await desk.build('v3', desk.fix, ['dev', 'qa']);
    expect((await desk.running.promote({ release: 'v3', to: 'staging' })).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await leftToDo()).toEqual([]);
  });
});
