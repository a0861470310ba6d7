import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import {
  NotFoundError,
  RefusedError,
  UnclearRequestError,
  UnknownNameError,
} from '../../../engine/service/service-errors.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, promoter, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

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

const inHours = (hours: number): Date => new Date(desk.clock.now().getTime() + hours * 3_600_000);
const hold = (more = {}, actor: Actor = operator) =>
  desk.service.hold(actor, { application: 'shop', environment: 'prod', reason: 'incident 4711', ...more });
const freeze = (more = {}, actor: Actor = operator) =>
  desk.service.declareFreeze(actor, { name: 'year-end', reason: 'nobody is there', to: inHours(24), ...more });
const entries = async () =>
  (await desk.store.administrationEvents())
    .filter(({ type }) => type !== 'adopted')
    .map(({ type, actor, data }) => ({ type, by: actor.id, data }));

describe('a hold', () => {
  it('pins an environment by name or alias, audited with who and why', async () => {
    await hold({ until: inHours(2) });
    expect(await desk.service.closures(viewer)).toMatchObject([
      { kind: 'hold', application: 'shop', environment: 'production', reason: 'incident 4711', by: operator.id },
    ]);
    expect(await entries()).toEqual([
      {
        type: 'environment-held',
        by: operator.id,
        data: {
          application: 'shop',
          environment: 'production',
          reason: 'incident 4711',
          until: inHours(2).toISOString(),
        },
      },
    ]);
    desk.clock.advance(2 * 3600);
    expect(await desk.service.closures(viewer)).toEqual([]);
  });

  it('is released by whoever may hold, and only where there is one', async () => {
    await hold({ application: '*' });
    const release = (application: string) => desk.service.unhold(operator, { application, environment: 'production' });
    await expect(release('shop')).rejects.toThrow('shop is not held in production; held there: every application');
    await release('*');
    await expect(release('*')).rejects.toThrow(NotFoundError);
    expect((await entries()).map(({ type }) => type)).toEqual(['environment-held', 'environment-released']);
  });

  it.each<[string, object, new (...given: never[]) => Error]>([
    ['an application that there is not', { application: 'shp' }, UnknownNameError],
    ['an environment that there is not', { environment: 'prd' }, UnknownNameError],
    ['no reason', { reason: '  ' }, RefusedError],
    ['an end that is over', { until: new Date('2020-01-01') }, RefusedError],
  ])('is refused with %s', async (_, more, kind) => {
    await expect(hold(more)).rejects.toThrow(kind);
    expect(await entries()).toEqual([]);
  });

  it('is not for promoters', async () => {
    await expect(hold({}, promoter)).rejects.toThrow(NotAuthorizedError);
    await hold();
    await expect(desk.service.unhold(promoter, { application: 'shop', environment: 'production' })).rejects.toThrow(
      NotAuthorizedError,
    );
  });

  it('of every application is not for whoever operates one of them', async () => {
    const actor = { ...viewer, id: 'omar@shop.example' };
    await desk.store.bindRole(
      { subject: actor.id, role: 'operator', application: 'shop', environment: '*' },
      { at: desk.clock.now(), type: 'role-bound', actor: engineActor, data: {} },
    );
    await expect(hold({ application: '*' }, actor)).rejects.toThrow(NotAuthorizedError);
    await hold({}, actor);
  });
});

describe('a declared freeze', () => {
  it('holds from its beginning to its end, or until it is lifted by name', async () => {
    await freeze({ from: inHours(1), environment: 'prod' });
    expect(await desk.service.closures(viewer)).toEqual([]);
    expect(await desk.service.freezes(viewer)).toMatchObject([
      { name: 'year-end', application: '*', environment: 'production' },
    ]);
    desk.clock.advance(3600);
    expect(await desk.service.closures(viewer)).toMatchObject([{ kind: 'freeze', name: 'year-end' }]);
    await desk.service.liftFreeze(operator, 'year-end');
    expect(await desk.service.closures(viewer)).toEqual([]);
    expect((await entries()).map(({ type }) => type)).toEqual(['freeze-declared', 'freeze-lifted']);
    await expect(desk.service.liftFreeze(operator, 'year-end')).rejects.toThrow('no freeze year-end is declared');
  });

  it('has its name for itself while it stands', async () => {
    await freeze();
    await expect(freeze()).rejects.toThrow('year-end is declared already');
    await expect(desk.service.liftFreeze(operator, 'yaer-end')).rejects.toThrow('Did you mean year-end?');
    desk.clock.advance(25 * 3600);
    await freeze();
  });

  it.each<[string, () => object]>([
    ['it ends before it begins', () => ({ from: inHours(2), to: inHours(1) })],
    ['it is over', () => ({ from: inHours(-2), to: inHours(-1) })],
    ['it has no name', () => ({ name: ' ' })],
    ['it has no reason', () => ({ reason: '' })],
  ])('is refused when %s', async (_, more) => {
    await expect(freeze(more())).rejects.toThrow(RefusedError);
    expect(await entries()).toEqual([]);
  });

  it('is neither declared nor lifted by promoters', async () => {
    await expect(freeze({}, promoter)).rejects.toThrow(NotAuthorizedError);
    await freeze();
    await expect(desk.service.liftFreeze(promoter, 'year-end')).rejects.toThrow(NotAuthorizedError);
  });
});

describe('what the rules close', () => {
  it('is shown beside what people close, and not when the rules cannot be read', async () => {
    const weekly = `kind: weekly, from: '00:00', to: '24:00', timeZone: UTC`;
    desk.rules = rulesOf(`${rulesText().replace(
      '- name: shop',
      `- name: shop\n    freezes: [{ ${weekly}, name: app, reason: a, environments: [qa] }]`,
    )}freezes:
  - { ${weekly}, name: all, reason: o }
  - { kind: once, name: past, reason: o, from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }
`);
    await hold();
    expect(
      (await desk.service.closures(viewer)).map(({ name, application, environment }) => [
        name,
        application,
        environment,
      ]),
    ).toEqual([
      [undefined, 'shop', 'production'],
      ['all', '*', '*'],
      ['app', 'shop', 'qa'],
    ]);
    desk.context.rules.current = () => Promise.reject(new Error('not YAML'));
    expect(await desk.service.closures(viewer)).toHaveLength(1);
  });
});

describe('auto-promotion', () => {
  it('is resumed by an operator where it is paused, audited', async () => {
    const id = await desk.run();
    await desk.change(id, (draft) => {
      draft.pauseAutoPromotion('qa', engineActor);
    });
    const place = { application: 'shop', environment: 'qa' };
    await expect(desk.service.resumeAutoPromotion(promoter, place)).rejects.toThrow(NotAuthorizedError);
    await desk.service.resumeAutoPromotion(operator, place);
    await expect(desk.service.resumeAutoPromotion(operator, place)).rejects.toThrow('is not paused');
    expect(await entries()).toEqual([{ type: 'auto-promotion-resumed', by: operator.id, data: place }]);
  });
});

describe('a freeze of a name that another one has, which whoever declares it may not see', () => {
  const quinn: Actor = { id: 'quinn@shop.example', verified: true, roles: [], via: 'cli' };
  beforeEach(async () => {
    await desk.service.bindRole(admin, {
      subject: quinn.id,
      role: 'operator',
      application: 'shop',
      environment: 'qa',
    });
    await freeze({ environment: 'prod', application: 'shop' });
  });

  it('is declared, and lifted by its name, and nothing is told of the other one', async () => {
    await freeze({ environment: 'qa', application: 'shop' }, quinn);
    expect(await desk.service.freezes(quinn)).toMatchObject([{ environment: 'qa', declaredBy: quinn.id }]);
    await expect(freeze({ environment: 'qa', application: 'shop' }, quinn)).rejects.toThrow('is declared already');
    expect(await desk.service.liftFreeze(quinn, 'year-end')).toMatchObject({ environment: 'qa' });
    await expect(desk.service.liftFreeze(quinn, 'year-end')).rejects.toThrow(NotAuthorizedError);
    expect(await desk.service.freezes(viewer)).toMatchObject([{ environment: 'production' }]);
  });

  it('is lifted by its id by whoever sees both', async () => {
    const { id } = await freeze({ environment: 'qa', application: 'shop' }, quinn);
    const lifting = desk.service.liftFreeze(operator, 'year-end');
    await expect(lifting).rejects.toThrow(UnclearRequestError);
    await expect(lifting).rejects.toThrow(`${id} (shop in qa)`);
    expect(await desk.service.liftFreeze(operator, id)).toMatchObject({ name: 'year-end', environment: 'qa' });
    expect(await desk.service.freezes(viewer)).toMatchObject([{ environment: 'production' }]);
  });
});

describe('overriding a freeze', () => {
  const allowing = (who: string) => {
    desk.rules = rulesOf(rulesText().replace('{ from: dev, to: qa }', `{ from: dev, to: qa, freezeOverride: ${who} }`));
  };
  const asking = (actor = operator, reason: string | undefined = 'revenue is at stake') =>
    desk.run({ overridesFreezes: true, reason }, actor);

  it('needs a rule that names the person or a role, and is recorded with the promotion', async () => {
    await expect(asking()).rejects.toThrow(
      'the rules let nobody override freezes on dev → qa, by freezeOverride; olga@shop.example is not among them',
    );
    allowing('{ people: [adam@shop.example] }');
    await expect(asking()).rejects.toThrow('let only adam@shop.example override');
    for (const who of ['{ roles: [operator] }', '{ people: [OLGA@shop.example] }']) {
      allowing(who);
      const id = await asking();
      expect((await desk.load(id)).overrides).toEqual([
        {
          kind: 'freeze-override',
          by: operator.id,
          reason: 'revenue is at stake',
          at: desk.clock.now().toISOString(),
        },
      ]);
      expect((await desk.store.events(id)).map(({ type }) => type)).toEqual(['requested', 'override']);
      await desk.change(id, (draft) => {
        draft.moveTo('CANCELLED', engineActor);
      });
    }
  });

  it('needs a reason, and the permission whatever the rule says', async () => {
    allowing('{ roles: [operator], people: [paula@shop.example] }');
    await expect(asking(operator, ' ')).rejects.toThrow('with --reason');
    await expect(asking(promoter)).rejects.toThrow(NotAuthorizedError);
    expect(await desk.store.listPromotions({ limit: 10 })).toEqual([]);
  });
});
