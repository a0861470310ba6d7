import { instantText } from '../../../engine/schedule/instant-text.ts';
import { jest } from '@jest/globals';
import type { Freeze, Window } from '../../../engine/rules/window-schema.ts';
import type { Schedule } from '../../../engine/schedule/schedule.ts';
import { retryPromotion } from '../../../engine/service/retry-promotion.ts';
import { rollBack } from '../../../engine/service/rollback.ts';
import { cancelPromotion } from '../../../engine/service/turn-round.ts';
import type { AdministrationEvent } from '../../../engine/store/administration-store.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { always, later, start, VirtualCourse } from './virtual-course.ts';
import { operator } from './worker-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let course: VirtualCourse;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  course = await VirtualCourse.open(await server.createStoreDatabase());
});
afterEach(async () => {
  await course.close();
});

const openFrom = (from: Date, to: Date): Schedule => {
  const window: Window = { kind: 'once', from: from.toISOString(), to: to.toISOString() };
  return { ...always, windows: [window] };
};
const frozenUntil = (to: Date, more: Partial<Freeze> = {}): Schedule => {
  const freeze = { kind: 'once' as const, from: start.toISOString(), to: to.toISOString() };
  const rest = { name: 'year end', reason: 'nobody is there', exceptHotfix: true, overridable: true, ...more };
  return { ...always, freezes: [{ ...freeze, ...rest, kind: 'once', origin: 'rules' }] };
};
const event = (type: string): AdministrationEvent => ({ at: course.clock.now(), type, actor: engineActor, data: {} });
const hold = (until?: Date) =>
  course.store.calendar.hold(
    {
      application: '*',
      environment: 'staging',
      reason: 'an incident',
      heldBy: 'olga',
      since: course.clock.now(),
      until,
    },
    event('environment-held'),
  );
const release = () => course.store.calendar.releaseHold('*', 'staging', event('environment-released'));
const eventTypes = async (id: string) => (await course.store.events(id)).map(({ type }) => type);

describe('a promotion whose target is closed', () => {
  it('waits approved and without the slot, saying for what and until when, and goes on by itself at that moment', async () => {
    const id = await course.request(openFrom(later(5), later(6)));
    await course.runAt(start);
    const waiting = await course.load(id);
    expect(waiting).toMatchObject({
      state: 'APPROVAL_GRANTED',
      holdsSlot: false,
      parked: { reason: 'window', until: later(5), detail: expect.stringContaining('outside its windows') as string },
    });
    await course.runAt(new Date(later(5).getTime() - 1));
    expect((await course.load(id)).version).toBe(waiting.version);
    await course.runAt(later(5));
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await eventTypes(id)).not.toContain('steps-reset');
  });

  it('gives the slot back when it closed while it queued, and keeps nobody else from moving meanwhile', async () => {
    course.deployment = 'takes its time';
    const first = await course.request(always);
    await course.runAt(start);
    const queued = await course.request(openFrom(start, later(1)));
    await course.runAt(start);
    expect((await course.load(queued)).parked?.reason).toBe('slot');
    course.deployment = 'works';
    course.clock.advance(3600);
    await cancelPromotion(course.context, operator, first, 'makes room');
    await course.runAt(later(1));
    expect(await course.load(queued)).toMatchObject({
      state: 'APPROVAL_GRANTED',
      holdsSlot: false,
      parked: { reason: 'window', until: undefined },
    });
    expect(await eventTypes(queued)).toEqual(expect.arrayContaining(['slot-taken', 'slot-released', 'steps-reset']));
    const another = await course.request(always);
    await course.runAt(later(1));
    expect((await course.load(another)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('has its conditions judged again when it is sent back, and tells nobody that the plan changed', async () => {
    course.deployment = 'takes its time';
    const first = await course.request(always);
    await course.runAt(start);
    const queued = await course.request({
      ...always,
      windows: [
        { kind: 'once', from: start.toISOString(), to: later(1).toISOString() },
        { kind: 'once', from: later(9).toISOString(), to: later(10).toISOString() },
      ],
    });
    await course.runAt(start);
    course.deployment = 'works';
    course.clock.advance(3600);
    await cancelPromotion(course.context, operator, first, 'makes room');
    await course.runAt(later(1));
    await course.runAt(later(9));
    expect((await course.load(queued)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(course.effects.filter((each) => each.endsWith(queued))).toEqual(
      ['check', 'ask', 'check', 'ask', 'deploy'].map((step) => `${step} ${queued}`),
    );
    const types = (await course.store.takeOutbox(100, 1)).map(({ type }) => type);
    expect(types).not.toContain('plan.changed');
  });

  it('just ends when it is cancelled while it waits', async () => {
    const id = await course.request(frozenUntil(later(5)));
    await course.runAt(start);
    await cancelPromotion(course.context, operator, id, 'never mind');
    await course.runAt(later(1));
    expect((await course.load(id)).state).toBe('CANCELLED');
    expect(course.effects).not.toContain(`deploy ${id}`);
  });
});

describe('a hold', () => {
  it('stops what would move, wakes it when it is released, and once more by itself at its end', async () => {
    await hold();
    const id = await course.request(always);
    await course.runAt(start);
    expect(await course.load(id)).toMatchObject({
      parked: { reason: 'window', until: undefined, detail: 'staging is held (an incident)' },
    });
    await hold(later(3));
    await course.runAt(later(1));
    expect((await course.load(id)).parked?.until).toEqual(later(3));
    await course.runAt(later(3));
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('of another environment or application stops nothing', async () => {
    const of = { reason: 'an incident', heldBy: 'olga', since: start, until: undefined };
    await course.store.calendar.hold({ ...of, application: '*', environment: 'production' }, event('held'));
    await course.store.calendar.hold({ ...of, application: 'blog', environment: 'staging' }, event('held'));
    const id = await course.request(always);
    await course.runAt(start);
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('that is released in the moment in which a promotion decides to wait for it does not leave it asleep', async () => {
    await hold();
    const id = await course.request(always);
    const looks: number[] = [];
    const store = new Proxy(course.store, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property, target);
        if (property !== 'declarations') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        return async (...given: Parameters<typeof target.declarations>) => {
          const declarations = await target.declarations(...given);
          looks.push(declarations.holds.length);
          if (looks.length === 1) await release();
          return declarations;
        };
      },
    });
    await course.runAt(start, { store });
    expect(looks[0]).toBe(1);
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('of the rules is respected until its end', async () => {
    const id = await course.request({ ...always, hold: { reason: 'pinned', until: later(2).toISOString() } });
    await course.runAt(start);
    expect((await course.load(id)).parked?.until).toEqual(later(2));
    await course.runAt(later(2));
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });
});

describe('a declared freeze', () => {
  const declare = () =>
    course.store.calendar.declareFreeze(
      {
        id: 'freeze-1',
        name: 'audit week',
        application: '*',
        environment: '*',
        reason: 'auditors are here',
        from: start,
        to: later(48),
        exceptHotfix: true,
        declaredBy: 'olga',
        declaredAt: start,
      },
      event('freeze-declared'),
    );

  it('stops what would move until it is lifted, but not a hotfix', async () => {
    await declare();
    const [ordinary, hotfix] = [await course.request(always), await course.request(always, { lane: 'hotfix' })];
    await course.runAt(start);
    expect((await course.load(hotfix)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect((await course.load(ordinary)).parked).toMatchObject({
      reason: 'window',
      until: later(48),
      detail: `staging is frozen until ${instantText(later(48))} by audit week, which somebody declared (auditors are here)`,
    });
    await course.store.calendar.liftFreeze('freeze-1', event('freeze-lifted'));
    await course.runAt(start);
    expect((await course.load(ordinary)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('holds back what an engine that knew no schedule began, as long as it lasts', async () => {
    await declare();
    const id = await course.request(undefined);
    await course.runAt(start);
    expect((await course.load(id)).parked?.until).toEqual(later(48));
    await course.runAt(later(48));
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });
});

describe('a freeze', () => {
  const override = { kind: 'freeze-override', by: 'olga', reason: 'revenue', at: start.toISOString() } as const;

  it('lets an override through, which a hold does not', async () => {
    const id = await course.request(frozenUntil(later(5)), { overrides: [override] });
    await course.runAt(start);
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    await hold();
    const held = await course.request(frozenUntil(later(5)), { overrides: [override] });
    await course.runAt(start);
    expect((await course.load(held)).parked?.detail).toBe('staging is held (an incident)');
  });

  it('does not stop a rollback', async () => {
    const id = await course.request(always);
    await course.runAt(start);
    await hold();
    const back = await rollBack(course.context, operator, { promotionId: id, reason: 'it loses orders' });
    await course.runAt(later(1));
    expect((await course.load(back)).state).toBe('ROLLED_BACK');
  });

  it('keeps what failed half-way from going on, and says that a rollback needs no window', async () => {
    const noRollback = { rollback: { isEnabled: false, timeoutSeconds: 300 } };
    const id = await course.request(always, {}, noRollback);
    course.deployment = 'fails';
    await course.runAt(start);
    expect((await course.load(id)).state).toBe('PROMOTION_FAILED');
    await hold();
    await expect(retryPromotion(course.context, operator, id)).rejects.toThrow(
      'staging is held (an incident); try it again when that is lifted, or roll it back: a rollback needs no window',
    );
    await release();
    course.deployment = 'works';
    await retryPromotion(course.context, operator, id);
    await course.runAt(later(1));
    expect((await course.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });
});
