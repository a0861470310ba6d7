import type { ChangesSince, StateAt } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const origin = {
  promotionId: 'pr-7f3a',
  release: 'v2',
  kind: 'promote',
  state: 'COMPLETED_SUCCESSFULLY',
  requestedBy: 'ana',
  reason: undefined,
  approvedBy: ['ben', 'cleo'],
  spokenFor: new Map<string, string>(),
  takenBack: undefined,
} as const;
const digest = `sha256:${'a'.repeat(64)}`;
const change = {
  at: afterStart(2),
  application: 'shop',
  environment: 'production',
  promotionId: 'pr-7f3a',
  changedBy: 'ana',
} as const;

describe('promote changed', () => {
  it('says what changed, by whom, who approved it, and how it is taken back', async () => {
    const asked: unknown[] = [];
    const since: ChangesSince = {
      since: afterStart(-7200),
      until: afterStart(3),
      groups: [
        {
          at: afterStart(2),
          application: 'shop',
          environment: 'production',
          changedBy: 'ana',
          origin,
          changes: [
            { ...change, kind: 'image', subject: 'orders', before: digest, after: `sha256:${'b'.repeat(64)}` },
            { ...change, kind: 'override', subject: 'force', before: undefined, after: 'scanner\u0007 down' },
          ],
        },
      ],
      isCut: false,
    };
    const session = fakeSession({
      changesSince: (_actor, request) => {
        asked.push(request);
        return Promise.resolve(since);
      },
    });
    const { out, exitCode } = await record(['changed', '--since', '2h', '--env', 'prod'], { session });
    expect(exitCode).toBe(0);
    expect(asked).toMatchObject([{ environment: 'prod', application: undefined, limit: 200 }]);
    expect(out).toContain('shop in production   ✔ v2   by ana, approved by ben, cleo');
    expect(out).toMatch(/image\s+orders\s+sha256:aaaaaaaaaaaa → sha256:bbbbbbbbbbbb/);
    expect(out).toContain('nothing → scanner\\u0007 down');
    expect(out).toContain('rollback shop --env production');
    const json = await record(['changed', '--since', '2h', '--json'], { session });
    expect(JSON.parse(json.out)).toMatchObject({
      groups: [
        {
          promotion: { id: 'pr-7f3a', approvedBy: ['ben', 'cleo'] },
          changes: [{ after: `sha256:${'b'.repeat(64)}` }, {}],
        },
      ],
    });
  });

  it('names the person behind a machine that asked', async () => {
    const place = { at: afterStart(2), application: 'shop', environment: 'production', changedBy: 'ci' };
    const changes = [{ ...change, kind: 'release', subject: 'shop', before: 'v1', after: 'v2' } as const];
    const groups = [{ ...place, origin: { ...origin, requestedBy: 'ci', onBehalfOf: 'dana' }, changes }];
    const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups, isCut: false };
    const session = fakeSession({ changesSince: () => Promise.resolve(since) });
    const { out } = await record(['changed', '--since', '2h'], { session });
    expect(out).toContain('by ci for dana, approved by ben, cleo');
    const { out: json } = await record(['changed', '--since', '2h', '--json'], { session });
    expect(JSON.parse(json)).toMatchObject({ groups: [{ promotion: { requestedBy: 'ci', onBehalfOf: 'dana' } }] });
  });

  it('never leaves out that somebody spoke for a person', async () => {
    const spoken = { ...origin, spokenFor: new Map([['ben', 'root']]) };
    const changes = [{ ...change, kind: 'release', subject: 'shop', before: 'v1', after: 'v2' } as const];
    const place = { at: afterStart(2), application: 'shop', environment: 'production', changes } as const;
    const groups = [
      { ...place, changedBy: 'ana', origin: spoken },
      { ...place, changedBy: 'cleo', saidBy: 'root', origin: undefined },
    ];
    const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups, isCut: false };
    const session = fakeSession({ changesSince: () => Promise.resolve(since) });
    const { out } = await record(['changed', '--since', '2h'], { session });
    expect(out).toContain('by ana, approved by ben (unverified, said by root), cleo');
    expect(out).toContain('recorded without a promotion   by cleo (unverified, said by root)');
    const { out: json } = await record(['changed', '--since', '2h', '--json'], { session });
    expect(JSON.parse(json)).toMatchObject({
      groups: [{ promotion: { spokenFor: { ben: 'root' } } }, { changedBy: 'cleo', saidBy: 'root' }],
    });
  });

  it('says of the first release that somebody recorded that it is the first, with its images', async () => {
    const place = { at: afterStart(2), application: 'shop', environment: 'production', changedBy: 'ana' };
    const changes = [
      { ...change, kind: 'release', subject: 'release', before: undefined, after: 'v1' },
      { ...change, kind: 'image', subject: 'orders', before: undefined, after: digest },
    ] as const;
    const groups = [{ ...place, origin: undefined, changes }];
    const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups, isCut: false };
    const session = fakeSession({ changesSince: () => Promise.resolve(since) });
    const { out } = await record(['changed', '--since', '2h'], { session });
    expect(out).toMatch(/release +release +v1, the first release there\n/);
    expect(out).toMatch(/image +orders +nothing → sha256:aaaaaaaaaaaa\n/);
  });

  it('proposes to take back only what a rollback there takes back, and says what took itself back', async () => {
    const place = { application: 'shop', environment: 'production', changedBy: 'ana' } as const;
    const group = (promotionId: string, release: string, ...texts: readonly (readonly [string, string])[]) => ({
      ...place,
      at: afterStart(2),
      origin: { ...origin, promotionId, release },
      changes: texts.map(
        ([before, after]) => ({ ...change, promotionId, kind: 'release', subject: 'shop', before, after }) as const,
      ),
    });
    const groups = [group('pr-3', 'v3', ['v2', 'v3'], ['v3', 'v2']), group('pr-2', 'v2', ['v1', 'v2'])];
    const older = group('pr-1', 'v1', ['v0', 'v1']);
    const told = async (shown: ChangesSince['groups']): Promise<string> => {
      const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups: shown, isCut: false };
      const session = fakeSession({ changesSince: () => Promise.resolve(since) });
      return (await record(['changed', '--since', '2h'], { session })).out;
    };
    expect(await told(groups)).toContain('↩ v3, which took itself back');
    expect((await told([...groups.slice(1), older])).match(/take it back/g)).toHaveLength(1);
  });

  it('does not call promoted what was taken back, though a migration of it has stayed, nor proposes it again', async () => {
    const changes = [
      { ...change, kind: 'schema', subject: '003 notes', before: undefined, after: 'expand' },
      { ...change, kind: 'release', subject: 'release', before: 'v1', after: 'v2' },
      { ...change, kind: 'release', subject: 'release', before: 'v2', after: 'v1' },
    ] as const;
    const told = async (takenBack: 'by-itself' | 'later'): Promise<string> => {
      const place = { application: 'shop', environment: 'production', changedBy: 'ana' };
      const groups = [{ ...place, at: afterStart(2), origin: { ...origin, takenBack }, changes }];
      const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups, isCut: false };
      const session = fakeSession({ changesSince: () => Promise.resolve(since) });
      return (await record(['changed', '--since', '2h'], { session })).out;
    };
    expect(await told('by-itself')).toContain('↩ v2, which took itself back');
    expect(await told('later')).toContain('↩ v2, which was taken back since');
    for (const how of ['by-itself', 'later'] as const) expect(await told(how)).not.toContain('take it back');
  });

  it('proposes to take nothing back for which a rule was only set aside', async () => {
    const override = {
      ...change,
      kind: 'override',
      subject: 'hotfix',
      before: undefined,
      after: 'cannot pay',
    } as const;
    const at = afterStart(2);
    const underWay = { ...origin, state: 'PENDING_APPROVAL' } as const;
    const place = { at, application: 'shop', environment: 'production', changedBy: 'ana' };
    const group = { ...place, origin: underWay, changes: [override] };
    const since: ChangesSince = { since: afterStart(-7200), until: afterStart(3), groups: [group], isCut: false };
    const session = fakeSession({ changesSince: () => Promise.resolve(since) });
    const { out } = await record(['changed', '--since', '2h'], { session });
    expect(out).toContain('shop in production   ◐ v2, on its way: nothing is changed yet   by ana');
    expect(out).toContain('override   hotfix   nothing → cannot pay');
    expect(out).not.toContain('rollback');
  });

  it('says what was not as it is now at a moment, and what was on its way', async () => {
    const state: StateAt = {
      at: afterStart(0),
      differences: [
        {
          application: 'shop',
          environment: 'production',
          kind: 'flag',
          subject: 'gift-notes',
          then: undefined,
          now: 'on',
          changedAt: afterStart(2),
          promotionId: 'pr-7f3a',
          origin,
          isThenKnown: true,
        },
      ],
      moving: [
        {
          id: 'pr-1',
          application: 'shop',
          release: 'v2',
          from: 'dev',
          to: 'staging',
          requestedBy: 'ana',
          startedAt: afterStart(-1),
          endedAt: undefined,
        },
      ],
      isCut: true,
    };
    const { out } = await record(['changed', '--at', '1m'], {
      session: fakeSession({ stateAt: () => Promise.resolve(state) }),
    });
    expect(out).toMatch(/shop in production\s+flag\s+gift-notes\s+nothing, now on\s+since pr-7f3a \(by ana/);
    expect(out).toContain('There is more');
    expect(out).toMatch(/pr-1\s+shop v2\s+dev → staging\s+by ana/);
  });

  it('says which day a time of day was taken for, and nothing of one that is named', async () => {
    const state: StateAt = { at: afterStart(0), differences: [], moving: [], isCut: false };
    const session = fakeSession({ stateAt: () => Promise.resolve(state) });
    const { out } = await record(['changed', '--at', '00:01'], { session });
    expect(out).toMatch(/^00:01 is that of (today|yesterday), \d{4}-\d\d-\d\d[^\n]*\.\n\nAt /);
    expect((await record(['changed', '--at', '1m'], { session })).out).toMatch(/^At /);
    expect((await record(['changed', '--at', '00:01', '--json'], { session })).out).toMatch(/^\{/);
  });

  it('ends with a moment, and proposes nothing to take back then: something newer may stand before it', async () => {
    const changes = [{ ...change, kind: 'release', subject: 'shop', before: 'v1', after: 'v2' } as const];
    const place = { at: afterStart(2), application: 'shop', environment: 'production', changedBy: 'ana' };
    const asked: { readonly until?: Date | undefined }[] = [];
    const told = (groups: ChangesSince['groups']) =>
      fakeSession({
        changesSince: (_actor, request) => {
          asked.push(request);
          return Promise.resolve({ since: afterStart(-7200), until: afterStart(3), groups, isCut: false });
        },
      });
    const words = ['changed', '--since', '4h', '--until', '2h'];
    const { out } = await record(words, { session: told([{ ...place, origin, changes }]) });
    expect(out).toContain('✔ v2');
    expect(out).not.toContain('take it back');
    expect(asked[0]?.until).toBeInstanceOf(Date);
    expect((await record(words, { session: told([]) })).out).toMatch(
      /^Nothing changed since [^,]+, until [^,]+ UTC\.\n$/,
    );
    const wrong = await record(['changed', '--since', '2h', '--until', '4h'], { session: told([]) });
    expect([wrong.exitCode, wrong.errors]).toEqual([2, expect.stringContaining('--until is the end of a time')]);
  });

  it('does not say of a time before anything was recorded what was there', async () => {
    const place = { application: 'shop', environment: 'staging', changedAt: afterStart(2), promotionId: undefined };
    const common = { ...place, origin: undefined };
    const state: StateAt = {
      at: afterStart(-7200),
      differences: [
        { ...common, kind: 'release', subject: 'release', then: undefined, now: 'v2', isThenKnown: true },
        {
          ...common,
          kind: 'image',
          subject: 'orders',
          then: digest,
          now: `sha256:${'b'.repeat(64)}`,
          isThenKnown: false,
        },
      ],
      moving: [],
      isCut: false,
    };
    const session = fakeSession({ stateAt: () => Promise.resolve(state) });
    const { out } = await record(['changed', '--at', '1h'], { session });
    expect(out).toMatch(/release +release +nothing, now v2/);
    expect(out).toMatch(/image +orders +not recorded yet, now sha256:bbbbbbbbbbbb/);
    const json = JSON.parse((await record(['changed', '--at', '1h', '--json'], { session })).out) as unknown;
    expect(json).toMatchObject({ differences: [{}, { then: null, isThenKnown: false }] });
  });

  it.each([
    [[], 'give either --since or --at'],
    [['--since', '2h', '--at', '14:05'], 'give either --since or --at'],
    [['--since', 'noon'], 'noon is no moment'],
    [['--at', '2999-01-01'], 'lies in the future'],
  ])('refuses %p with how it is typed', async (words, message) => {
    const { exitCode, errors } = await record(['changed', ...words], { session: fakeSession({}) });
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });
});
