import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
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
  desk.rules = rulesOf(
    `${rulesText('approvals: { stages: [{ name: SRE, roles: [sre], people: [nora@shop.example] }] }\nchecklist: [{ item: Tried by hand, by: tester }]')}roles: [{ name: sre, people: [lisa@shop.example] }, { name: tester }, { name: approver }]\n`,
  );
});
afterEach(async () => {
  await desk.close();
});

const somebody = (name: string): Actor => ({ id: `${name}@shop.example`, verified: true, roles: [], via: 'cli' });
const bind = (name: string, role: string, environment: string) =>
  desk.service.bindRole(admin, { subject: `${name}@shop.example`, role, application: 'shop', environment });

/** A promotion into qa, for which nobody is asked, and one into staging, for which SRE is. */
async function promotions(): Promise<{ readonly qa: string; readonly staging: string }> {
  const qa = await desk.run();
  await desk.service.adopt(operator, 'shop', 'qa', 'v2');
  const staging = await desk.run({ to: 'staging' }, promoter);
  return { qa, staging };
}

const listedFor = async (who: Actor): Promise<readonly string[]> =>
  (await desk.service.list(who, { limit: 10 })).map(({ id }) => id);

describe('whoever is asked to approve in an environment and has no role that may look', () => {
  it.each([
    ['bound to the stage’s role there', 'sre', 'staging'],
    ['bound to it everywhere', 'sre', '*'],
    ['bound to a role that ticks there', 'tester', 'staging'],
  ])('sees what is there, and only that: %s', async (_, role, environment) => {
    const { staging } = await promotions();
    await bind('bo', role, environment);
    const bo = somebody('bo');
    expect(await listedFor(bo)).toEqual([staging]);
    expect(await desk.service.list(bo, { environment: 'staging', limit: 10 })).toHaveLength(1);
    expect((await desk.service.environments(bo)).map(({ name }) => name)).toEqual(['staging']);
    expect(await desk.service.closures(bo, 'shop')).toEqual([]);
    expect(await desk.service.openItems(bo, {})).toEqual([]);
    expect((await desk.service.releases(bo, 'shop')).map(({ name }) => name)).toContain('v2');
    expect((await desk.service.view(bo, staging)).promotion.id).toBe(staging);
    expect((await desk.service.report(bo, staging)).promotion.id).toBe(staging);
    expect(await desk.service.logs(bo, staging, 0)).toEqual([]);
    expect(await desk.service.revisions(bo, 'shop', 'staging')).toHaveLength(1);
    await expect(desk.service.list(bo, { environment: 'qa', limit: 10 })).rejects.toThrow(NotAuthorizedError);
  });

  it.each(['nora', 'lisa'])('sees it too when the rules name the person or list it for the role: %s', async (name) => {
    const { staging } = await promotions();
    expect(await listedFor(somebody(name))).toEqual([staging]);
  });

  it('sees what is told of holds and open items there, and of none elsewhere', async () => {
    await bind('bo', 'sre', 'staging');
    for (const environment of ['qa', 'staging']) {
      await desk.service.hold(operator, { application: 'shop', environment, reason: 'audit' });
    }
    expect((await desk.service.closures(somebody('bo'))).map(({ environment }) => environment)).toEqual(['staging']);
  });

  it('sees nothing elsewhere: bound there where the role is not asked, or asked by rules that are wrong', async () => {
    const { staging } = await promotions();
    await bind('bo', 'sre', 'qa');
    await expect(listedFor(somebody('bo'))).rejects.toThrow(NotAuthorizedError);
    await expect(desk.service.view(somebody('bo'), staging)).rejects.toThrow(NotAuthorizedError);
    await expect(desk.service.history(somebody('bo'), { outcomes: [], limit: 10 })).rejects.toThrow('needs viewer');
    desk.context.rules.current = () => Promise.reject(new Error('wrong'));
    await expect(listedFor(somebody('nora'))).rejects.toThrow(NotAuthorizedError);
  });

  it('signs in first', async () => {
    await promotions();
    await expect(listedFor({ ...somebody('nora'), verified: false })).rejects.toThrow('sign in');
  });

  it('may do nothing else', async () => {
    await bind('bo', 'sre', 'staging');
    const asking = desk.run({ to: 'staging' }, somebody('bo'));
    await expect(asking).rejects.toThrow('run needs promoter or operator or admin');
  });
});
