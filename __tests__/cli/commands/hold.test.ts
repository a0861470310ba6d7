import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

describe('promote hold', () => {
  const asked: unknown[] = [];
  const session = fakeSession({
    hold: (actor, request) => {
      asked.push(request);
      return Promise.resolve({
        application: request.application,
        environment: 'production',
        reason: request.reason,
        heldBy: actor.id,
        since: afterStart(60),
        until: request.until,
      });
    },
  });
  beforeEach(() => {
    asked.length = 0;
  });

  it('pins an environment, and says how it is released', async () => {
    const { exitCode, out } = await record(['hold', 'shop', '--env', 'prod', '--reason', 'incident 4711'], { session });
    expect([exitCode, out]).toEqual([
      0,
      '■ production is held for shop, until it is released.\nNext:  promote unhold shop --env production\n',
    ]);
    expect(asked).toEqual([{ application: 'shop', environment: 'prod', reason: 'incident 4711', until: undefined }]);
  });

  it('pins it for every application, until a moment', async () => {
    const words = ['hold', '--all', '--env', 'prod', '--reason', 'move', '--until', '2h', '--json'];
    const { out } = await record(words, { session });
    expect(JSON.parse(out)).toMatchObject({ application: '*', until: afterStart(60 + 7200).toISOString() });
  });

  it.each([
    [['hold', '--env', 'prod', '--reason', 'x'], 'name an application, or give --all for every one'],
    [['hold', 'shop', '--all', '--env', 'prod', '--reason', 'x'], 'name an application or give --all, not both'],
    [['hold', 'shop', '--env', 'prod'], '--reason <text> must be given'],
    [['hold', 'shop', '--env', 'prod', '--reason', 'x', '--until', '2020-01-01'], 'is over already'],
  ])('asks for what is missing: %p', async (words, message) => {
    const { exitCode, errors } = await record(words, { session });
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
    expect(asked).toEqual([]);
  });
});

describe('promote unhold', () => {
  it('releases it, and hands out what waited for that', async () => {
    const done: unknown[] = [];
    const session = fakeSession(
      {
        unhold: (_actor, place) => {
          done.push(place);
          return Promise.resolve();
        },
      },
      {
        tick: () => {
          done.push('tick');
          return Promise.resolve();
        },
      },
    );
    const { exitCode, out } = await record(['unhold', '--all', '--env', 'prod'], { session });
    expect([exitCode, out]).toEqual([0, '✔ prod is open for every application again.\n']);
    expect(done).toEqual([{ application: '*', environment: 'prod' }, 'tick']);
  });
});
