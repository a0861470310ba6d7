import type { ConfigurationDiff, ConfigurationHistory } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const change = { kind: 'configuration', subject: 'feature.limit', before: '5', after: '9' } as const;
const history: ConfigurationHistory = {
  environment: 'staging',
  repository: 'configuration',
  branch: 'env/staging',
  path: 'shop/staging/values.yaml',
  revisions: [
    {
      commit: '9c1e2f4'.padEnd(40, '0'),
      at: afterStart(-3600),
      author: 'Promotion Process',
      subject: 'Promote shop v2 to staging',
      promotionId: 'pr-7f3a',
      changes: [change, { ...change, subject: 'new\u0007', before: undefined, after: 'x' }],
    },
    {
      commit: 'abc'.padEnd(40, '1'),
      at: afterStart(-7200),
      author: 'Ana',
      subject: 'By hand',
      promotionId: undefined,
      changes: [],
    },
  ],
  isCut: true,
};
const difference: ConfigurationDiff = {
  from: 'production 111111111111',
  to: 'staging 222222222222',
  changes: [change],
};

describe('promote configuration history', () => {
  it('lists who changed what, with which promotion', async () => {
    const asked: unknown[] = [];
    const session = fakeSession({
      configurationHistory: (_actor, request) => {
        asked.push(request);
        return Promise.resolve(history);
      },
    });
    const words = ['configuration', 'history', 'shop', '--env', 'stage', '--limit', '2'];
    const { out, exitCode } = await record(words, { session });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ application: 'shop', environment: 'stage', limit: 2 }]);
    expect(out).toContain('staging is configured with shop/staging/values.yaml on branch env/staging');
    expect(out).toMatch(/9c1e2f4 {2}Promote shop v2 to staging {2}by Promotion Process {2}pr-7f3a/);
    expect(out).toMatch(/~ feature\.limit\s+5 → 9/);
    expect(out).toMatch(/\+ new\\u0007\s+unset → x/);
    expect(out).toContain('There is more: raise --limit.');
    const json = await record([...words, '--json'], { session });
    expect(JSON.parse(json.out)).toMatchObject({
      environment: 'staging',
      isCut: true,
      revisions: [
        { promotion: 'pr-7f3a', changes: [{ setting: 'feature.limit', before: '5', after: '9' }, { before: null }] },
        { promotion: null },
      ],
    });
  });

  it('says so when there is none, and asks for the environment', async () => {
    const session = fakeSession({ configurationHistory: () => Promise.resolve({ ...history, revisions: [] }) });
    const { out } = await record(['configuration', 'history', 'shop', '--env', 'staging'], { session });
    expect(out).toContain('Nothing ever changed shop/staging/values.yaml');
    expect((await record(['configuration', 'history', 'shop'])).exitCode).toBe(2);
  });
});

describe('promote configuration diff', () => {
  it('shows what differs, of versions or of environments', async () => {
    const asked: unknown[] = [];
    const session = fakeSession({
      configurationDiff: (_actor, request) => {
        asked.push(request);
        return Promise.resolve(difference);
      },
    });
    const words = ['configuration', 'diff', 'shop', '--env', 'staging', '--against', 'production'];
    const { out } = await record(words, { session });
    expect(asked).toMatchObject([{ application: 'shop', environment: 'staging', against: 'production' }]);
    expect(out).toMatch(/production 111111111111 → staging 222222222222\n {4}~ feature\.limit\s+5 → 9/);
    const json = await record([...words, '--json'], { session });
    expect(JSON.parse(json.out)).toEqual({
      from: difference.from,
      to: difference.to,
      changes: [{ setting: 'feature.limit', before: '5', after: '9' }],
    });
    expect((await record([...words, '--from', 'abcd'])).exitCode).toBe(2);
  });

  it('says so when nothing differs', async () => {
    const session = fakeSession({ configurationDiff: () => Promise.resolve({ ...difference, changes: [] }) });
    const { out } = await record(['configuration', 'diff', 'shop', '--env', 'staging'], { session });
    expect(out).toContain('no value differs');
  });
});
