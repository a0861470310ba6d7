import { afterStart, sampleStep, sampleSteps, sampleView } from '../../scripts/sample-promotion.ts';
import { record } from './support/recorded-command.ts';
import { showing } from './support/showing-promotion.ts';

const run = ['run', 'shop', '--release', 'v2', '--to', 'staging'];

describe('what waits for somebody', () => {
  it('leaves with 4 when a person is needed, and says who can end the wait and how', async () => {
    const parked = {
      reason: 'approval',
      detail: '0 of 1 approval of stage sre',
      since: afterStart(0),
      until: afterStart(3600),
    } as const;
    const steps = [...sampleSteps.slice(0, 1), sampleStep('await-approval', { status: 'parked', attempt: 1 })];
    const view = sampleView({ state: 'PENDING_APPROVAL', endedAt: undefined, parked, steps });
    const { exitCode, out } = await record(run, { session: showing([view]).session });
    expect(exitCode).toBe(4);
    expect(out).toContain('Waiting for approval: 0 of 1 approval of stage sre, for 1 min now; expires in 59 min');
    expect(out).toContain('Next:  promote approve pr-7f3a     (not by ana, who asked for it)');
  });

  it('goes on when the vote was given and is about to be counted', async () => {
    const parked = { reason: 'approval', detail: '0 of 1', since: afterStart(0), until: afterStart(3600) } as const;
    const waiting = sampleView({
      state: 'PENDING_APPROVAL',
      endedAt: undefined,
      parked,
      steps: [],
      updatedAt: afterStart(5),
    });
    const vote = {
      stage: 'sre',
      actor: 'bo',
      decision: 'approved',
      planHash: '',
      comment: undefined,
      at: afterStart(5),
    } as const;
    const { session } = showing([{ ...waiting, votes: [vote] }, sampleView()]);
    expect((await record(run, { session })).exitCode).toBe(0);
  });
});

describe('what waits for its window', () => {
  const parkedUntil = (until: Date | undefined) =>
    sampleView({
      state: 'APPROVAL_GRANTED',
      endedAt: undefined,
      parked: { reason: 'window', detail: 'staging is held (incident 4711)', since: afterStart(0), until },
    });

  it.each([[undefined], [afterStart(86_400)]])('is left to itself when that is not over soon: %p', async (until) => {
    const { session } = showing([parkedUntil(until)]);
    const { exitCode, out } = await record(run, { session });
    expect(exitCode).toBe(4);
    expect(out).toContain('Waiting for its window: staging is held (incident 4711)');
    expect(out).toContain('It goes on by itself then.');
  });

  it('is followed when it is about to open', async () => {
    const { session } = showing([parkedUntil(afterStart(120)), sampleView()]);
    expect((await record(run, { session })).exitCode).toBe(0);
  });
});
