import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, alan, alba, anna, operator, promoter, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(60_000);

const plan = (hash: string) => ({ hash, body: {} });

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
  await desk.service.adopt(operator, 'shop', 'staging', 'v2');
});
afterEach(async () => {
  await desk.close();
});

/** A promotion into production that waits for the approval of its plan: two of a role, then Alba. */
async function waiting(asker = promoter, release = 'v2'): Promise<string> {
  const id = await desk.run({ to: 'production', release }, asker);
  await desk.change(id, (draft) => {
    draft.moveTo('VALIDATING_CONDITIONS', engineActor);
    draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: plan('plan-1') });
    draft.moveTo('PENDING_APPROVAL', engineActor);
    draft.park({ reason: 'approval', detail: '0 of 2', until: undefined }, engineActor);
  });
  return id;
}
const approve = (id: string, actor: Actor, planHash?: string) =>
  desk.service.decide(actor, { promotionId: id, decision: 'approved', planHash });
const votesOf = async (id: string) =>
  (await desk.store.votes(id)).map(({ stage, actor, decision }) => [stage, actor, decision]);

describe('approving', () => {
  it('is recorded for the stage whose turn it is, over the plan, and has the promotion looked at', async () => {
    const id = await waiting();
    await desk.store.takeDispatch(10, 60, 1);
    const before = desk.dispatches;
    await approve(id, alan);
    await approve(id, anna);
    expect(desk.dispatches).toBe(before + 2);
    await approve(id, alba);
    expect(await votesOf(id)).toEqual([
      ['first', alan.id, 'approved'],
      ['first', anna.id, 'approved'],
      ['second', alba.id, 'approved'],
    ]);
    expect((await desk.service.view(alba, id)).votes.map(({ planHash }) => planHash)).toEqual([
      'plan-1',
      'plan-1',
      'plan-1',
    ]);
    expect(await desk.store.takeDispatch(10, 60, 1)).toHaveLength(1);
  });

  it('is answered with what is still waited for once it counts, and so is whoever looks before a run does', async () => {
    const id = await waiting();
    const told = async (actor: Actor) => {
      const answered = (await approve(id, actor)).parked?.detail;
      expect((await desk.service.view(actor, id)).promotion.parked?.detail).toBe(answered);
      return answered;
    };
    expect(await told(alan)).toBe('1 of 2 approvals of stage first (role approver)');
    expect(await told(anna)).toBe('0 of 1 approval of stage second (alba@shop.example)');
    expect(await told(alba)).toBe('every approval is given, and it goes on by itself');
  });

  it('counts once, however the name is written and however many ask at once', async () => {
    const id = await waiting();
    const twins = [alan, { ...alan, id: alan.id.toUpperCase() }, alan, alan];
    const results = await Promise.allSettled(twins.map((each) => approve(id, each)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await votesOf(id)).toHaveLength(1);
  });

  it('is not for whoever asked for the change or wrote it', async () => {
    const asking: Actor = { ...alan, roles: ['promoter', 'approver'] };
    const own = await waiting(asking);
    await expect(approve(own, asking)).rejects.toThrow('asked for this change or wrote it; somebody else must decide');
    await desk.release('v3', ['ANNA@shop.example']);
    await desk.service.adopt(operator, 'shop', 'staging', 'v3');
    const written = await waiting(promoter, 'v3');
    await expect(approve(written, anna)).rejects.toThrow('somebody else must decide');
    expect(await votesOf(written)).toEqual([]);
  });

  it('is not for whoever lacks the role, not even an admin', async () => {
    const id = await waiting();
    for (const actor of [promoter, operator, admin])
      await expect(approve(id, actor)).rejects.toThrow(NotAuthorizedError);
  });

  it('is not for whoever the stage does not name', async () => {
    const id = await waiting();
    await approve(id, alan);
    await approve(id, anna);
    await expect(approve(id, anna)).rejects.toThrow('the stage second is for alba@shop.example');
  });

  it('tells people of it, with the words that were said', async () => {
    const id = await waiting();
    await desk.service.decide(alan, { promotionId: id, decision: 'approved', comment: 'tried it' });
    const told = (await desk.store.takeOutbox(10, 60)).find(({ type }) => type === 'approval.decided');
    expect(told?.body).toMatchObject({
      promotionId: id,
      decision: 'approved',
      by: alan.id,
      stage: 'first',
      comment: 'tried it',
    });
  });

  it('is refused over another plan than the person was shown', async () => {
    const id = await waiting();
    await desk.change(id, (draft) => {
      const image = { service: 'api', digest: `sha256:${'1'.repeat(64)}` };
      const another = { hash: 'plan-2', body: { images: [image] } };
      draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: another });
    });
    await expect(approve(id, alan, 'plan-1')).rejects.toThrow(
      `this is no longer what you were asked. Changed: image api (none → sha256:1111111…). Look at it again: promote status ${id}`,
    );
    await approve(id, alan, 'plan-2');
    expect(await votesOf(id)).toHaveLength(1);
  });

  it('has to be given again when the plan has changed since', async () => {
    const id = await waiting();
    await approve(id, alan);
    await desk.change(id, (draft) => {
      draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: plan('plan-2') });
    });
    await approve(id, anna);
    await approve(id, alan);
    await expect(approve(id, anna)).rejects.toThrow('the stage second is for alba');
  });

  it('is refused when nothing waits for it, or everything was said', async () => {
    const id = await desk.run({ to: 'production' });
    await expect(approve(id, alan)).rejects.toThrow('does not wait for an approval');
    await desk.change(id, (draft) => {
      draft.moveTo('CANCELLED', engineActor);
    });
    const decided = await waiting();
    for (const actor of [alan, anna, alba]) await approve(decided, actor);
    await expect(approve(decided, alba)).rejects.toThrow('is decided already');
    await expect(approve('pr-none', alan)).rejects.toThrow('there is no promotion pr-none');
  });
});

describe('rejecting', () => {
  const reject = (id: string, actor: Actor, comment?: string) =>
    desk.service.decide(actor, { promotionId: id, decision: 'rejected', comment });

  it('needs a reason', async () => {
    const id = await waiting();
    await expect(reject(id, alan)).rejects.toThrow(RefusedError);
    await expect(reject(id, alan, '   ')).rejects.toThrow('say why it is rejected, with --comment');
    expect(await votesOf(id)).toEqual([]);
  });

  it('ends the matter: nobody votes after it', async () => {
    const id = await waiting();
    await reject(id, alan, 'not on a\0Friday');
    expect((await desk.store.votes(id))[0]).toMatchObject({ decision: 'rejected', comment: 'not on a\ufffdFriday' });
    await expect(approve(id, anna)).rejects.toThrow('does not wait for an approval (rejected)');
    await expect(reject(id, anna, 'me too')).rejects.toThrow('has ended already (rejected)');
  });

  it('is open to whoever is asked in any stage, also after having approved, and to nobody else', async () => {
    const id = await waiting();
    await expect(reject(id, promoter, 'no')).rejects.toThrow(NotAuthorizedError);
    await approve(id, alan);
    await reject(id, alan, 'it leaks after all');
    expect(await votesOf(id)).toEqual([
      ['first', alan.id, 'approved'],
      ['first', alan.id, 'rejected'],
    ]);
    const another = await waiting();
    await reject(another, alba, 'my turn comes later');
    expect((await desk.load(another)).state).toBe('REJECTED');
    const own = await waiting({ ...alan, roles: ['promoter', 'approver'] });
    await expect(reject(own, alan, 'mine')).rejects.toThrow(`promote cancel ${own} withdraws it`);
  });

  it('says what stops a promotion that nobody is asked about, or that has no plan yet', async () => {
    const free = await desk.run();
    await expect(reject(free, alan, 'no')).rejects.toThrow(
      `nobody is asked to approve ${free}; promote cancel ${free}`,
    );
    const early = await desk.run({ to: 'production' });
    await expect(reject(early, alan, 'no')).rejects.toThrow(`${early} does not wait for an approval yet`);
  });
});
