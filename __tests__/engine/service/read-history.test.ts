import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { UnknownNameError } from '../../../engine/service/service-errors.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { anna, operator, promoter, ServiceDesk, viewer } from './service-fixture.ts';

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
});
afterEach(async () => {
  await desk.close();
});

/** Asks for a promotion that changes a flag and ends an hour later. */
async function over(end: (draft: Draft) => void, more: Parameters<ServiceDesk['run']>[0] = {}): Promise<string> {
  const id = await desk.run({ isAgain: true, ...more });
  desk.clock.advance(3600);
  await desk.change(id, end);
  return id;
}
const cancelled = (draft: Draft): void => {
  draft.moveTo('CANCELLED', engineActor);
};
const changed = (draft: Draft): void => {
  const plan = { hash: 'p1', body: {} };
  const change = { kind: 'flag', subject: 'gift-notes', before: undefined, after: 'off' } as const;
  draft.startStep('initialize', engineActor);
  draft.finishStep('initialize', engineActor, 'done', {}, { plan, changes: [change] });
  const vote = { stage: 's', actor: anna.id, decision: 'approved', comment: undefined, at: desk.clock.now() } as const;
  draft.vote({ ...vote, planHash: 'p1' }, anna);
  draft.moveTo('CANCELLED', engineActor);
};
const history = async (more: Partial<Parameters<ServiceDesk['service']['history']>[1]> = {}, actor = viewer) =>
  desk.service.history(actor, { limit: 10, ...more });
const ids = async (...asked: Parameters<typeof history>) => (await history(...asked)).promotions.map(({ id }) => id);

describe('the history of promotions', () => {
  it('lists what is over, the newest end first, with what it changed and by whom', async () => {
    const first = await over(changed, { reason: 'new checkout', onBehalfOf: 'dora@shop.example' });
    const second = await over(cancelled);
    await desk.run();
    const { promotions, isCut } = await history();
    expect(isCut).toBe(false);
    expect(promotions).toMatchObject([
      { id: second, changes: [{ kind: 'override', subject: 'again' }] },
      {
        id: first,
        application: 'shop',
        release: 'v2',
        from: 'dev',
        to: 'qa',
        kind: 'promote',
        state: 'CANCELLED',
        requestedBy: promoter.id,
        onBehalfOf: 'dora@shop.example',
        approvedBy: [anna.id],
        overrides: [{ kind: 'again' }],
        reason: 'new checkout',
        changes: [{ kind: 'override' }, { kind: 'flag', subject: 'gift-notes', before: undefined, after: 'off' }],
      },
    ]);
  });

  it('is limited to an application, a target by its alias, a time, an end, and a number', async () => {
    const first = await over(cancelled);
    const between = desk.clock.now();
    const second = await over((draft) => {
      draft.moveTo('SUPERSEDED', engineActor);
    });
    expect(await ids()).toEqual([second, first]);
    expect(await ids({ application: 'shop', environment: 'qa' })).toEqual([second, first]);
    expect(await ids({ environment: 'prod' })).toEqual([]);
    expect(await ids({ since: between })).toEqual([second]);
    expect(await ids({ until: between })).toEqual([first]);
    expect(await ids({ outcomes: ['superseded', 'rolled-back'] })).toEqual([second]);
    expect(await history({ limit: 1 })).toMatchObject({ promotions: [{ id: second }], isCut: true });
  });

  it('leaves out dry runs, which change nothing', async () => {
    await over(cancelled, { isDryRun: true });
    expect(await ids()).toEqual([]);
  });

  it('says why something failed, and which promotion a rollback took back', async () => {
    const error = {
      category: 'UNKNOWN',
      severity: 'HIGH',
      isRetryable: false,
      code: undefined,
      remedy: 'Look.',
    } as const;
    await over((draft) => {
      draft.fail('deploy', engineActor, { ...error, message: 'exit code 1' }, false);
      for (const state of ['GENERATING_REPORTS', 'NOTIFICATIONS_SENT', 'FAILED'] as const) {
        draft.moveTo(state, engineActor);
      }
    });
    expect((await history()).promotions).toMatchObject([{ state: 'FAILED', trouble: 'exit code 1' }]);
  });

  it('is refused to whoever may not look, and names what there is not', async () => {
    await expect(history({ application: 'shp' })).rejects.toThrow(UnknownNameError);
    await expect(history({ environment: 'prd' })).rejects.toThrow(UnknownNameError);
    await expect(history({}, { ...operator, roles: [] })).rejects.toThrow(NotAuthorizedError);
  });
});
