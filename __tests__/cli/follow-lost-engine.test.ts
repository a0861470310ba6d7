import { jest } from '@jest/globals';
import { NotFoundError } from '../../engine/promotion-service.ts';
import { sampleView } from '../../scripts/sample-promotion.ts';
import { fakeSession } from './support/fake-session.ts';
import { record } from './support/recorded-command.ts';
import { showing } from './support/showing-promotion.ts';

const run = ['run', 'shop', '--release', 'v2', '--to', 'staging'];

afterEach(() => {
  jest.useRealTimers();
});

describe('following a promotion while the engine is away', () => {
  it('outlasts an engine that does not answer for a moment, and says so once', async () => {
    const running = sampleView({ state: 'PROMOTION_RUNNING', steps: [], endedAt: undefined });
    const gone = new Error('connect ECONNREFUSED');
    const { exitCode, out } = await record(run, { session: showing([running, gone, gone, sampleView()]).session });
    expect(exitCode).toBe(0);
    expect(
      out.split('  ! the engine does not answer since 2026-11-21T14:03:00.300Z: connect ECONNREFUSED\n'),
    ).toHaveLength(2);
    expect(out.split('connect ECONNREFUSED')).toHaveLength(2);
  });

  it('waits three minutes for an engine that is away', async () => {
    const gone = new Error('connect ECONNREFUSED');
    const views = [...Array.from({ length: 600 }, () => gone), sampleView()];
    expect((await record(run, { session: showing(views).session })).exitCode).toBe(0);
  });

  it('gives up on an engine that stays away, and says since when, and that the promotion does not depend on it', async () => {
    const gone = new Error('connect ECONNREFUSED');
    const { exitCode, errors } = await record(run, { session: showing([gone]).session });
    expect(exitCode).toBe(1);
    expect(errors).toBe(
      'error: the engine does not answer since 2026-11-21T14:03:00.000Z: connect ECONNREFUSED\n' +
        'pr-7f3a does not depend on this terminal; promote logs pr-7f3a --follow looks at it again, and promote doctor for the cause\n',
    );
  });

  it('tells at once what asking again cannot mend', async () => {
    const { exitCode, errors, logged } = await record(run, {
      session: showing([new NotFoundError('there is no promotion')]).session,
    });
    expect(exitCode).toBe(1);
    expect(errors).toBe('error: there is no promotion\n');
    expect(logged).toEqual([]);
  });

  it('gives up on a database that takes a question and answers never, and leaves though it lets nobody go', async () => {
    jest.useFakeTimers();
    const never = () => new Promise<never>(() => undefined);
    const session = fakeSession({ run: () => Promise.resolve('pr-7f3a'), view: never }, { close: never });
    let recording: Awaited<ReturnType<typeof record>> | undefined;
    const recorded = record(run, { session }).then((each) => (recording = each));
    while (recording === undefined) await jest.advanceTimersByTimeAsync(10_000);
    const { exitCode, errors } = await recorded;
    expect([exitCode, errors]).toEqual([
      1,
      'error: the engine does not answer since 2026-11-21T14:03:00.000Z: nothing was answered for 10 s\n' +
        'pr-7f3a does not depend on this terminal; promote logs pr-7f3a --follow looks at it again, and promote doctor for the cause\n',
    ]);
  });

  it('ends as soon as its installation was removed, and says what there is to do', async () => {
    const running = sampleView({ state: 'PROMOTION_RUNNING', steps: [], endedAt: undefined });
    let looks = 0;
    const session = {
      ...showing([running]).session,
      gone: async () => ((looks += 1) > 2 ? 'the installation in /home/ana/.promotion was removed' : undefined),
      close: () => Promise.reject(new Error('connect ECONNREFUSED')),
    };
    const { exitCode, errors } = await record(run, { session });
    expect([exitCode, errors]).toEqual([
      1,
      'error: the installation in /home/ana/.promotion was removed while pr-7f3a was looked at; it goes on nowhere\n' +
        'npm start makes a new installation; what was removed comes back only from a back-up of the folder\n',
    ]);
  });
});
