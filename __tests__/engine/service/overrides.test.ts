import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { alan, operator, promoter, rulesOf, rulesText } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
/** The path into staging demands a coverage report that nobody has brought, and whatever more is said. */
async function open(more: string): Promise<void> {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(`gates: { coverage: {} }\n${more}`));
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
}
afterEach(async () => {
  await running.close();
});

const reason = 'the customer is waiting';
const ask = { release: 'v3', to: 'staging', reason } as const;
const gatesOf = async (id: string) =>
  (await running.desk.load(id)).steps.find(({ name }) => name === 'validate-conditions')?.output?.['gates'];
const overridesOf = async (id: string) =>
  (await running.desk.load(id)).overrides.map(({ kind, by, reason: why }) => [kind, by, why]);
const promotions = () => running.desk.store.listPromotions({ limit: 100 });
const approving = 'approvals: { stages: [{ name: SRE, roles: [approver] }] }';
const approve = (id: string, actor: Actor = alan) =>
  running.desk.service.decide(actor, { promotionId: id, decision: 'approved' });

describe('forcing', () => {
  const allowed = 'force: { allowed: true, roles: [operator] }';

  it('is no change in the environment when what it was for was rejected before it changed anything', async () => {
    await open(`${allowed}\n${approving}`);
    const { id } = await running.promote({ ...ask, forces: true }, operator);
    const changed = async () =>
      (await running.desk.service.changesSince(operator, { since: new Date(0), limit: 100 })).groups.filter(
        ({ origin }) => origin?.promotionId === id,
      );
    expect(await changed()).toMatchObject([{ origin: { state: 'PENDING_APPROVAL' }, changes: [{ kind: 'override' }] }]);
    await running.desk.service.decide(alan, { promotionId: id, decision: 'rejected', comment: 'not today' });
    expect(await changed()).toEqual([]);
  });

  it('lets a promotion go on whose gates failed, which stays visible as failed and overruled everywhere', async () => {
    await open(allowed);
    const { id, state } = await running.promote({ ...ask, forces: true }, operator);
    expect(state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await running.statesOf(id)).toEqual([
      ...['VALIDATING_CONDITIONS', 'VALIDATION_FAILED', 'PENDING_APPROVAL', 'APPROVAL_GRANTED', 'QUEUED'],
      ...['VALIDATION_RUNNING', 'VALIDATION_FAILED', 'VALIDATION_PASSED', 'PROMOTION_RUNNING'],
      ...['PROMOTION_SUCCEEDED', 'TRIGGERING_DEPLOYMENT', 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT'],
      'COMPLETED_SUCCESSFULLY',
    ]);
    expect(await gatesOf(id)).toMatchObject([{ gate: 'coverage', verdict: 'fail', forcedBy: operator.id }]);
    expect(await overridesOf(id)).toEqual([['force', operator.id, reason]]);
    expect((await running.desk.store.events(id)).find(({ type }) => type === 'override')).toMatchObject({
      actor: operator,
      data: { kind: 'force', reason },
    });
    const { plan } = await running.desk.service.view(operator, id);
    expect(plan?.body['setAside']).toEqual([{ kind: 'force', by: operator.id, reason }]);
    expect(await running.desk.store.changesOf(id)).toContainEqual({
      kind: 'override',
      subject: 'force',
      before: undefined,
      after: reason,
    });
  });

  it('without it, the promotion fails with what failed', async () => {
    await open(allowed);
    const { state, failure } = await running.promote(ask, operator);
    expect([state, failure?.requirementsNotMet]).toEqual(['FAILED', true]);
  });

  it.each([
    ['nobody', '', 'the rules let nobody overrule failed validation on qa → staging (force)'],
    [
      'others only',
      'force: { allowed: true, roles: [admin], people: [boss@shop.example] }',
      'the rules let only the role admin and boss@shop.example overrule failed validation on qa → staging',
    ],
    ['him when it was allowed', 'force: { allowed: false, roles: [operator] }', 'the rules let nobody overrule'],
  ])('is refused where the rules let %s, saying what would allow it', async (_, more, message) => {
    await open(more);
    const asking = running.desk.run({ ...ask, forces: true }, operator);
    await expect(asking).rejects.toThrow(RefusedError);
    await expect(asking).rejects.toThrow(message);
    expect(await promotions()).toEqual([]);
  });

  it('needs a reason, and the permission whatever the rules say', async () => {
    await open('force: { allowed: true, roles: [operator, promoter] }');
    const silent = running.desk.run({ ...ask, reason: ' ', forces: true }, operator);
    await expect(silent).rejects.toThrow('say why with --reason: to overrule failed validation needs one');
    await expect(running.desk.run({ ...ask, forces: true }, promoter)).rejects.toThrow(NotAuthorizedError);
    expect(await promotions()).toEqual([]);
  });

  it('is for whoever the rules name or list for a role, when he has the permission', async () => {
    await open('force: { allowed: true, roles: [captain] }');
    running.desk.rules = rulesOf(
      `${rulesText(`gates: { coverage: {} }\nforce: { allowed: true, roles: [captain] }`)}roles: [{ name: captain, people: [OLGA@shop.example] }, { name: approver }]\n`,
    );
    expect((await running.promote({ ...ask, forces: true }, operator)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('later, on one that failed, asks for approval anew: what was approved is not what runs now', async () => {
    await open(`${allowed}\n${approving}`);
    const { id } = await running.promote(ask);
    const retry = () => running.desk.service.retry(operator, id, { forces: true, reason });
    await retry();
    await running.work();
    expect(await running.desk.load(id)).toMatchObject({ state: 'PENDING_APPROVAL', failure: undefined });
    await expect(approve(id, { ...operator, roles: ['approver'] })).rejects.toThrow('somebody else must decide');
    await approve(id);
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await overridesOf(id)).toEqual([['force', operator.id, reason]]);
    await expect(retry()).rejects.toThrow('only what failed can be tried again');
  });

  it('overrules no more than validation: what broke has to be mended', async () => {
    await open(allowed);
    running.health.isHealthy = false;
    running.desk.rules = rulesOf(
      rulesText(`${allowed}\nrollback: { enabled: false }\nverification: { timeoutSeconds: 1 }`),
    );
    const { id } = await running.promote(ask);
    running.desk.clock.advance(60);
    await running.work();
    const { state, failure, overrides } = await running.desk.load(id);
    expect([state, failure?.step, overrides]).toEqual(['PROMOTION_FAILED', 'verify', []]);
    await expect(running.desk.service.retry(operator, id, { forces: true, reason })).rejects.toThrow(
      'failed by more than its validation, which nobody can overrule',
    );
    expect(await overridesOf(id)).toEqual([]);
  });
});

describe('skipping validation', () => {
  it('judges no gate and says so of each, where the rules let the person who asks', async () => {
    await open('skipValidation: { people: [olga@shop.example] }');
    const { id, state, steps } = await running.promote({ ...ask, skipsValidation: true }, operator);
    expect(state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await gatesOf(id)).toEqual([
      {
        gate: 'coverage',
        verdict: 'skipped',
        detail: `not judged, because ${operator.id} skipped validation: ${reason}`,
        evidence: [],
      },
    ]);
    expect(steps.find(({ name }) => name === 'validate-conditions')?.summary).toContain('1 gate skipped');
    expect(await overridesOf(id)).toEqual([['skip-validation', operator.id, reason]]);
  });

  it('is refused where they do not', async () => {
    await open('');
    await expect(running.desk.run({ ...ask, skipsValidation: true }, operator)).rejects.toThrow(
      'the rules let nobody skip validation on qa → staging (skipValidation)',
    );
  });

  it('is never taken for gates that suffice', async () => {
    await open(
      'skipValidation: { roles: [operator] }\napprovals: { stages: [{ name: SRE, roles: [approver] }], automaticWhenGatesPass: true }',
    );
    const { state } = await running.promote({ ...ask, skipsValidation: true }, operator);
    expect(state).toBe('PENDING_APPROVAL');
  });
});

describe('a request that brings its own approval', () => {
  const mayAutoApprove = (role: string) =>
    `gates: { coverage: false }\napprovals: { stages: [{ name: SRE, roles: [approver] }], mayAutoApprove: [${role}] }`;
  const openWith = async (role: string) => {
    await open('');
    running.desk.rules = rulesOf(rulesText(mayAutoApprove(role)));
  };

  it('needs nobody else where the rules let whoever asks, and is recorded as such', async () => {
    await openWith('promoter');
    const { id, state, steps } = await running.promote({ ...ask, autoApproves: true });
    expect(state).toBe('COMPLETED_SUCCESSFULLY');
    expect(steps.find(({ name }) => name === 'await-approval')).toMatchObject({
      summary: `by ${promoter.id}, who asked for it: ${reason}`,
      output: { by: [promoter.id], isAutoApproved: true },
    });
    expect(await overridesOf(id)).toEqual([['auto-approve', promoter.id, reason]]);
  });

  it.each([
    ['the rules do not let him', 'operator', reason, 'the rules let only the role operator approve by asking'],
    ['it says no reason', 'promoter', undefined, 'say why with --reason: to approve by asking needs one'],
  ])('waits for approval as any other when %s, with why in the audit trail', async (_, role, why, message) => {
    await openWith(role);
    const { id, state, parked } = await running.promote({ ...ask, reason: why, autoApproves: true });
    expect([state, parked?.reason]).toEqual(['PENDING_APPROVAL', 'approval']);
    expect(await overridesOf(id)).toEqual([]);
    const declined = (await running.desk.store.events(id)).find(({ type }) => type === 'auto-approval-declined');
    expect(declined?.data['why']).toContain(message);
  });

  it('brings nothing where nothing is asked for', async () => {
    await open('');
    running.desk.rules = rulesOf(rulesText(''));
    const { id, state } = await running.promote({ ...ask, autoApproves: true });
    expect([state, await overridesOf(id)]).toEqual(['COMPLETED_SUCCESSFULLY', []]);
  });
});

describe('an idempotency key', () => {
  it('is refused for a request that sets something else aside', async () => {
    await open('force: { allowed: true, roles: [operator] }');
    const id = await running.desk.run({ ...ask, idempotencyKey: 'k', forces: true }, operator);
    expect(await running.desk.run({ ...ask, idempotencyKey: 'k', forces: true }, operator)).toBe(id);
    await expect(running.desk.run({ ...ask, idempotencyKey: 'k' }, operator)).rejects.toThrow('choose another key');
  });
});
