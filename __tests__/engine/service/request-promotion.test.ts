import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import {
  NotFoundError,
  NothingToDoError,
  RefusedError,
  UnknownNameError,
} from '../../../engine/service/service-errors.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

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

const promotions = () => desk.store.listPromotions({ limit: 100 });

/** As a promotion that somebody stopped before it did anything. */
const cancelled = (id: string) =>
  desk.change(id, (draft) => {
    draft.moveTo('CANCELLED', engineActor);
  });

/** The request is refused, and nothing was written. */
async function expectRefused(
  asking: Promise<unknown>,
  message: string | RegExp,
  kind: new (...given: never[]) => Error = RefusedError,
) {
  const error: unknown = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(kind);
  expect((error as Error).message).toMatch(message);
  expect(await promotions()).toEqual([]);
}

describe('a request', () => {
  it('becomes a promotion that is due, with what the rules say now and the steps in their order', async () => {
    const id = await desk.run({ reason: 'new checkout' });
    const record = await desk.load(id);
    expect(record).toMatchObject({
      state: 'INITIALIZING',
      fromEnvironment: 'dev',
      toEnvironment: 'qa',
      requestedBy: promoter,
      reason: 'new checkout',
      definition: { target: { name: 'qa', database: 'shop-qa' } },
    });
    expect(record.steps.map(({ name }) => name)).toEqual([
      'initialize',
      'validate-conditions',
      'await-approval',
      'await-window',
      'confirm-window',
      'revalidate',
      'validate-artifacts',
      'back-up',
      'promote-configuration',
      'migrate-database',
      'promote-artifacts',
      'promote-flags',
      'deploy',
      'verify',
      'verify-rollback',
      'report',
      'notify',
    ]);
    expect(await desk.store.takeDispatch(10, 60, 1)).toHaveLength(1);
    expect(desk.dispatches).toBe(1);
    expect((await desk.store.takeOutbox(10, 60)).map(({ type }) => type)).toEqual(['promotion.started']);
  });

  it('understands an environment by its alias', async () => {
    await desk.service.adopt(operator, 'shop', 'staging', 'v2');
    expect((await desk.load(await desk.run({ to: 'prod' }))).toEnvironment).toBe('production');
  });

  it('locks what its target shares with others beside its slot', async () => {
    const { definition } = await desk.load(await desk.run());
    expect(definition.target.resources).toEqual([
      'database:shop-qa',
      'configuration:configuration#env/qa',
      'flags:flags/shop/qa.json',
    ]);
  });

  it('keeps its rules when they are edited afterwards', async () => {
    const id = await desk.run();
    const before = await desk.load(id);
    desk.rules = rulesOf(rulesText().replace('registries/<env>', 'elsewhere/<env>'));
    expect((await desk.load(id)).definition).toEqual(before.definition);
    await cancelled(id);
    expect((await desk.load(await desk.run())).definition.rulesHash).not.toBe(before.definition.rulesHash);
  });

  it('asks for nothing that changes the target when it is a dry run', async () => {
    const record = await desk.load(await desk.run({ isDryRun: true }));
    expect(record.steps.map(({ name }) => name)).toEqual(['initialize', 'validate-conditions', 'validate-artifacts']);
    expect(new Set(record.definition.steps.map(({ phase }) => phase))).toEqual(new Set(['initialize', 'conditions']));
  });
});

describe('a request is refused', () => {
  it.each([
    ['skips', { from: 'dev', to: 'staging' }],
    ['goes backward', { from: 'staging', to: 'dev' }],
    ['moves nothing', { from: 'qa', to: 'qa' }],
  ])('as one whose requirements are not met when it %s', async (_, ends) => {
    await expect(desk.run(ends)).rejects.toMatchObject({ isRequirement: true });
  });
  it('when it skips environments, and says which', () =>
    expectRefused(desk.run({ from: 'dev', to: 'staging' }), /skips qa/));
  it('when it goes backward', () =>
    expectRefused(desk.run({ from: 'staging', to: 'dev' }), /goes backward; roll back instead/));
  it('when it moves nothing', () => expectRefused(desk.run({ from: 'qa', to: 'qa' }), /would move nothing/));
  it('when it names no environment of the rules, with the nearest one', () =>
    expectRefused(
      desk.run({ to: 'stagin' }),
      'there is no environment stagin. Did you mean staging? Known: dev, qa, staging, production.',
      UnknownNameError,
    ));
  it('when it comes from no environment of the rules', () =>
    expectRefused(desk.run({ from: 'nowhere' }), 'there is no environment nowhere. Known: dev', UnknownNameError));
  it('when it names no application of the rules', () =>
    expectRefused(desk.run({ application: 'blog' }), 'there is no application blog. Known: shop.', UnknownNameError));
  it('when it names no release, with those there are', () =>
    expectRefused(
      desk.run({ release: 'v3' }),
      'shop has no release v3. Did you mean v2? Known: v2, v1.',
      NotFoundError,
    ));
  it('when the release is not verified in the source', () =>
    expectRefused(desk.run({ to: 'staging' }), 'v2: The release is not verified in qa.'));

  it('when the release is marked bad, with the reason', async () => {
    const id = await desk.run();
    const { releaseId } = await desk.change(id, (draft) => {
      draft.markReleaseBad(draft.record.releaseId, 'loses orders', engineActor);
      draft.moveTo('CANCELLED', engineActor);
    });
    expect(releaseId).not.toBe('');
    await expect(desk.run()).rejects.toThrow(
      'v2 is marked bad (loses orders); make a new release, or take the mark back when it is not: promote release mark-bad shop v2 --undo',
    );
  });

  it('to whoever may not promote there, before anything is told about what exists', async () => {
    await expectRefused(desk.run({}, viewer), /run needs promoter or operator or admin/, NotAuthorizedError);
    await expectRefused(
      desk.run({ application: 'secret' }, viewer),
      /has the role viewer for secret/,
      NotAuthorizedError,
    );
    await expectRefused(desk.run({}, { ...promoter, verified: false }), /is not verified/, NotAuthorizedError);
  });

  it.each([
    [
      'database.rowMoves',
      'database: { rowMoves: [{ table: orders, mode: merge, approval: { name: dba, roles: [approver] } }] }',
    ],
  ])('when the path demands what this version cannot carry out: %s', async (named, demand) => {
    desk.rules = rulesOf(rulesText(demand));
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    await expectRefused(
      desk.run({ to: 'staging' }),
      `qa → staging demands what this version cannot carry out, so it is refused: ${named}`,
    );
  });
});

describe('a request under rules that ask for what is not collected or kept here', () => {
  it.each([
    ['collect.audit: false, because approvals and verification stand on the audit trail', 'collect: { audit: false }'],
    [
      'locations.logs logs/<env>, because logs stay in the installation’s database',
      "locations: { logs: 'logs/<env>' }",
    ],
  ])('is refused: %s', async (named, setting) => {
    desk.rules = rulesOf(`${rulesText()}${setting}\n`);
    await expectRefused(desk.run(), new RegExp(named));
  });
});

describe('a request for what would not move its environment on', () => {
  /** As a promotion that went well leaves it. */
  async function promoted(release: string): Promise<string> {
    const id = await desk.run({ release });
    await desk.change(id, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('PROMOTION_RUNNING', engineActor);
      draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
      draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
      draft.startStep('deploy', engineActor);
      const environment = { name: 'qa', releaseId: draft.record.releaseId, isVerified: true };
      draft.finishStep('deploy', engineActor, 'done', {}, { environment });
      draft.moveTo('GENERATING_REPORTS', engineActor);
      draft.moveTo('NOTIFICATIONS_SENT', engineActor);
      draft.moveTo('COMPLETED_SUCCESSFULLY', engineActor);
    });
    return id;
  }
  /** A release that is verified in dev. */
  async function arrives(name: string): Promise<void> {
    await desk.release(name);
    await desk.service.adopt(operator, 'shop', 'dev', name);
  }
  const overrides = async (id: string) => (await desk.load(id)).overrides;

  it('is refused when the release runs there already and is verified', () =>
    expectRefused(
      desk.run({ release: 'v1' }),
      'qa runs v1 already, verified 2026-11-20 10:00:00 UTC: nothing to do. promote run shop --release v1 --to qa --again promotes it once more.',
      NothingToDoError,
    ));

  it('is refused as well when nothing would be changed anyway', () =>
    expectRefused(desk.run({ release: 'v1', isDryRun: true }), 'nothing to do'));

  it('is refused when the release ran there before, and says which command goes back', async () => {
    await promoted('v2');
    await expect(desk.run({ release: 'v1' })).rejects.toThrow(
      'v1 ran in qa before v2, which runs there now, so that is a rollback: promote rollback shop --env qa. --again promotes v1 all the same.',
    );
    await expect(desk.run({ release: 'v1' })).rejects.toThrow(RefusedError);
  });

  it('is allowed when it is meant, and recorded as a rule that was set aside', async () => {
    const id = await desk.run({ release: 'v1', isAgain: true, reason: 'somebody changed it by hand' });
    expect(await overrides(id)).toEqual([
      {
        kind: 'again',
        by: promoter.id,
        reason: 'somebody changed it by hand',
        at: '2026-11-20T10:00:00.000Z',
      },
    ]);
    expect((await desk.store.events(id)).map(({ type }) => type)).toContain('override');
    await cancelled(id);
    await promoted('v2');
    for (const release of ['v1', 'v2']) {
      expect(await overrides(await desk.run({ release, isAgain: true }))).toMatchObject([{ kind: 'again' }]);
    }
  });

  it('is allowed when the release was deployed there and never verified', async () => {
    const id = await desk.run();
    await desk.change(id, (draft) => {
      draft.moveTo('QUEUED', engineActor);
      draft.moveTo('PROMOTION_RUNNING', engineActor);
      draft.moveTo('PROMOTION_SUCCEEDED', engineActor);
      draft.moveTo('TRIGGERING_DEPLOYMENT', engineActor);
      draft.startStep('deploy', engineActor);
      const environment = { name: 'qa', releaseId: draft.record.releaseId, isVerified: false };
      draft.finishStep('deploy', engineActor, 'done', {}, { environment });
      draft.moveTo('GENERATING_REPORTS', engineActor);
      draft.moveTo('NOTIFICATIONS_SENT', engineActor);
      draft.moveTo('FAILED', engineActor);
    });
    expect(await overrides(await desk.run())).toEqual([]);
  });

  it('is no rollback when the release came later and was taken back for what runs there now', async () => {
    await promoted('v2');
    await desk.service.adopt(operator, 'shop', 'qa', 'v1');
    expect(await overrides(await desk.run({ release: 'v2' }))).toEqual([]);
  });

  it('is no rollback when the release never ran there, however old it is', async () => {
    await arrives('v3');
    await promoted('v3');
    expect(await overrides(await desk.run({ release: 'v2' }))).toEqual([]);
  });

  it('answers what a repeated CI job asked for before, also when that has happened', async () => {
    const id = await desk.run({ idempotencyKey: 'build-17' });
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    expect(await desk.run({ idempotencyKey: 'build-17' })).toBe(id);
    await expect(desk.run({ idempotencyKey: 'build-18' })).rejects.toThrow('nothing to do');
  });
});

describe('a stage of a role that the rules give to people', () => {
  it('asks those people', async () => {
    const more = 'approvals: { stages: [{ name: SRE, roles: [sre], people: [ben@shop.example] }] }';
    desk.rules = rulesOf(`${rulesText(more)}roles: [{ name: sre, people: [cleo@shop.example] }, { name: approver }]\n`);
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    const { definition } = await desk.load(await desk.run({ to: 'staging' }));
    expect(definition.approvalStages).toMatchObject([
      { name: 'SRE', people: ['ben@shop.example', 'cleo@shop.example'] },
    ]);
  });
});

describe('an idempotency key', () => {
  it('answers the same promotion, however often and from wherever it is asked', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => desk.run({ idempotencyKey: 'build-17' })));
    expect(new Set(ids).size).toBe(1);
    expect(await promotions()).toHaveLength(1);
  });

  it('is refused for another request, which would be taken for done otherwise', async () => {
    const id = await desk.run({ idempotencyKey: 'build-17' });
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
    await expect(desk.run({ release: 'v3', idempotencyKey: 'build-17' })).rejects.toThrow(
      `the idempotency key was used for another request (${id}); choose another key`,
    );
    expect(await promotions()).toHaveLength(1);
  });
});
