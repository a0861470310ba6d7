import type { EndedPromotion, History } from '../../../engine/promotion-service.ts';
import { afterStart, sampleStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const ended: EndedPromotion = {
  id: 'pr-7f3a',
  kind: 'promote',
  application: 'shop',
  release: 'v2',
  from: 'dev',
  to: 'staging',
  isHotfix: false,
  state: 'COMPLETED_SUCCESSFULLY',
  requestedBy: 'ci',
  onBehalfOf: 'ana',
  approvedBy: ['ben', 'cleo'],
  spokenFor: new Map([['cleo', 'root']]),
  overrides: [{ kind: 'force', by: 'olga', reason: 'revenue', at: sampleStart.toISOString() }],
  reason: undefined,
  trouble: undefined,
  of: undefined,
  createdAt: sampleStart,
  endedAt: afterStart(10.6),
  changes: [
    { kind: 'override', subject: 'force', before: undefined, after: 'revenue' },
    { kind: 'flag', subject: 'gift-notes', before: undefined, after: 'off' },
  ],
};
const back: EndedPromotion = {
  ...ended,
  id: 'pr-0b',
  kind: 'rollback',
  state: 'ROLLED_BACK',
  of: 'pr-7f3a',
  trouble: 'slow\u001b[2J\nsecond line',
  overrides: [],
  approvedBy: [],
  onBehalfOf: undefined,
  requestedBy: 'olga',
  changes: [],
};

function asking(history: History) {
  const asked: object[] = [];
  const session = fakeSession({
    history: (_actor, request) => {
      asked.push(request);
      return Promise.resolve(history);
    },
  });
  return { session, asked };
}

describe('promote history', () => {
  it('shows what is over with who was behind it, what was set aside, what changed, and why it went wrong', async () => {
    const { session } = asking({ promotions: [back, ended], isCut: true });
    const { exitCode, out } = await record(['history'], { session });
    expect(exitCode).toBe(0);
    expect(out).toBe(`49 s ago   shop v2   taken back in staging (pr-7f3a)   ↩ rolled-back in 10.6 s   by olga   pr-0b
    slow\\u001b[2J
49 s ago   shop v2   dev → staging   ✔ succeeded in 10.6 s   by ci for ana, approved by ben, cleo (unverified, said by root)   pr-7f3a
    force set aside by olga: revenue
    flag   gift-notes   nothing → off

There is more: raise --limit, or name an environment or an application.
`);
  });

  it('passes on what it is to be limited to', async () => {
    const { session, asked } = asking({ promotions: [], isCut: false });
    const words = ['history', 'shop', '--env', 'prod', '--since', '2h', '--until', '1h', '--limit', '3'];
    const { out } = await record([...words, '--outcome', 'failed', '--outcome', 'rolled-back'], { session });
    expect(out).toBe('Nothing like that is over yet.\n');
    expect(asked).toEqual([
      {
        application: 'shop',
        environment: 'prod',
        since: afterStart(60 - 7200),
        until: afterStart(60 - 3600),
        outcomes: ['failed', 'rolled-back'],
        limit: 3,
      },
    ]);
  });

  it('is told to programs with the names of outcomes and nothing left out', async () => {
    const { session } = asking({ promotions: [back], isCut: false });
    const { out } = await record(['history', '--json'], { session });
    expect(JSON.parse(out)).toMatchObject({
      isCut: false,
      promotions: [{ id: 'pr-0b', outcome: 'rolled-back', onBehalfOf: null, of: 'pr-7f3a', changes: [] }],
    });
  });

  it('refuses an outcome that there is not, before the engine is opened', async () => {
    const { exitCode, errors } = await record(['history', '--outcome', 'good']);
    expect(exitCode).toBe(2);
    expect(errors).toContain('It must be one of succeeded, failed, rolled-back');
  });
});
