import { jest } from '@jest/globals';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { engineActor, type Actor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, promoter, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

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
  await desk.service.adopt(operator, 'shop', 'qa', 'v2');
});
afterEach(async () => {
  await desk.close();
});

/** Somebody with an identity and nothing else. */
const somebody = (name: string): Actor => ({ id: `${name}@shop.example`, verified: true, roles: [], via: 'cli' });
const [ben, cleo, dan] = [somebody('ben'), somebody('cleo'), somebody('dan')];
const stages = (text: string, more = '') => rulesOf(rulesText(`approvals: { stages: [${text}]${more} }`));
const bind = (subject: Actor, role: string, environment = '*') =>
  desk.service.bindRole(admin, { subject: subject.id, role, application: 'shop', environment });
const approve = (id: string, actor: Actor) => desk.service.decide(actor, { promotionId: id, decision: 'approved' });

/** A promotion into staging that waits for its approvals. */
async function waiting(more: Parameters<ServiceDesk['run']>[0] = {}): Promise<string> {
  const id = await desk.run({ to: 'staging', ...more });
  await desk.change(id, (draft) => {
    draft.moveTo('VALIDATING_CONDITIONS', engineActor);
    draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: { hash: 'plan-1', body: {} } });
    draft.moveTo('PENDING_APPROVAL', engineActor);
  });
  return id;
}

describe('a stage of a role that only the rules know', () => {
  beforeEach(() => {
    desk.rules = stages('{ name: SRE, roles: [sre] }');
  });

  it('is refused while nobody holds the role, with the command that gives it', async () => {
    await expect(desk.run({ to: 'staging' })).rejects.toThrow(
      'nobody could complete the stage SRE: it needs 1 of role sre, and beside whoever asked for this change or wrote it there is nobody; promote role bind <person> sre',
    );
    await expect(desk.run({ to: 'staging' })).rejects.toThrow(RefusedError);
    expect(await desk.store.listPromotions({ limit: 10 })).toEqual([]);
  });

  it('is for whoever is bound to it, who may look and decide without any other role', async () => {
    await bind(ben, 'sre');
    const id = await waiting();
    expect((await desk.service.view(ben, id)).promotion.id).toBe(id);
    await approve(id, ben);
    expect((await desk.store.votes(id)).map(({ actor }) => actor)).toEqual([ben.id]);
  });

  it('is for nobody whose binding is for another place', async () => {
    await bind(ben, 'sre');
    const id = await waiting();
    await bind(cleo, 'sre', 'production');
    await expect(approve(id, cleo)).rejects.toThrow('cleo@shop.example has no role for shop in staging');
    await expect(desk.service.view(cleo, id)).rejects.toThrow('has no role');
  });

  it('is not for whoever nobody vouches for', async () => {
    await bind(ben, 'sre');
    const id = await waiting();
    await expect(approve(id, { ...ben, verified: false })).rejects.toThrow('is not verified');
    await expect(desk.service.view({ ...ben, verified: false }, id)).rejects.toThrow('is not verified');
  });

  it('is refused when the only one who holds it asks, is asked for, or wrote the change', async () => {
    await bind(promoter, 'sre');
    await expect(desk.run({ to: 'staging' })).rejects.toThrow('nobody could complete the stage SRE');
    await desk.service.unbindRole(admin, { subject: promoter.id, role: 'sre', application: 'shop', environment: '*' });
    await bind(ben, 'sre');
    await expect(desk.run({ to: 'staging', onBehalfOf: 'BEN@shop.example' })).rejects.toThrow('nobody could complete');
    await desk.release('v3', ['Ben <ben@shop.example>']);
    await desk.service.adopt(operator, 'shop', 'qa', 'v3');
    await expect(desk.run({ to: 'staging', release: 'v3' })).rejects.toThrow('nobody could complete');
  });
});

describe('two stages that share people', () => {
  const both = '{ name: SRE, roles: [sre] }, { name: QA, roles: [qa] }';

  it('are refused when no two different people could fill them', async () => {
    desk.rules = stages(both);
    await bind(ben, 'sre');
    await bind(ben, 'qa');
    await expect(desk.run({ to: 'staging' })).rejects.toThrow('nobody could complete the stage QA');
    desk.rules = stages(both, ', samePersonMayFillStages: true');
    const id = await waiting();
    await approve(id, ben);
    await approve(id, ben);
    expect((await desk.store.votes(id)).map(({ stage }) => stage)).toEqual(['SRE', 'QA']);
  });

  it('keep the only one who knows the later stage for it', async () => {
    desk.rules = stages(both);
    for (const person of [ben, cleo]) await bind(person, 'sre');
    await bind(ben, 'qa');
    const id = await waiting();
    await expect(approve(id, ben)).rejects.toThrow(
      'ben@shop.example is needed for the stage QA, which nobody else could complete; let another of role sre approve the stage SRE',
    );
    await approve(id, cleo);
    await approve(id, ben);
    expect((await desk.store.votes(id)).map(({ stage, actor }) => [stage, actor])).toEqual([
      ['SRE', cleo.id],
      ['QA', ben.id],
    ]);
  });

  it('do not let one person approve both, and let whoever approved the first refuse the second', async () => {
    desk.rules = stages(both);
    for (const person of [ben, cleo, dan]) {
      await bind(person, 'sre');
      await bind(person, 'qa');
    }
    const id = await waiting();
    await approve(id, ben);
    await expect(approve(id, ben)).rejects.toThrow(
      'ben@shop.example has approved an earlier stage; another of role qa must approve the stage QA',
    );
    await desk.service.decide(ben, { promotionId: id, decision: 'rejected', comment: 'I looked again' });
    await expect(approve(id, cleo)).rejects.toThrow('does not wait for an approval (rejected)');
  });
});

describe('the person behind a machine’s request', () => {
  it('is recorded with it, in the audit trail too, and cannot approve it', async () => {
    desk.rules = stages('{ name: any, roles: [approver] }');
    const robot: Actor = { id: 'ci@shop.example', verified: true, roles: ['promoter'], via: 'ci' };
    const id = await desk.run({ to: 'staging', onBehalfOf: dan.id }, robot);
    const record = await desk.load(id);
    expect(record.requestedBy).toEqual({ ...robot, onBehalfOf: dan.id });
    expect((await desk.store.events(id))[0]?.actor).toEqual({ ...robot, onBehalfOf: dan.id });
    await desk.change(id, (draft) => {
      draft.moveTo('VALIDATING_CONDITIONS', engineActor);
      draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: { hash: 'plan-1', body: {} } });
      draft.moveTo('PENDING_APPROVAL', engineActor);
    });
    await expect(approve(id, { ...dan, roles: ['approver'] })).rejects.toThrow('somebody else must decide');
  });

  it('is refused when it is no person', () =>
    expect(desk.run({ to: 'staging', onBehalfOf: 'a b' })).rejects.toThrow('a b is no person'));
});
