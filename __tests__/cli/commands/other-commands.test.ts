import {
  UnknownNameError,
  UnknownReleaseError,
  type ChainedEvent,
  type PromotionRecord,
  type PromotionView,
  type StoredLogLine,
} from '../../../engine/promotion-service.ts';
import { SetupError } from '../../../cli/setup-error.ts';
import type { DoctorFinding } from '../../../cli/session.ts';
import { afterStart, samplePromotion, sampleRelease, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

describe('promote list', () => {
  it('passes its filters on and names releases', async () => {
    const filters: unknown[] = [];
    const session = fakeSession({
      list: (_actor, filter) => {
        filters.push(filter);
        return Promise.resolve([samplePromotion()]);
      },
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['list', '--application', 'shop', '--env', 'staging', '--active', '--limit', '5'], {
      session,
    });
    expect(filters).toEqual([{ application: 'shop', environment: 'staging', isActive: true, limit: 5 }]);
    expect(out).toBe('pr-7f3a   shop v2   dev → staging   ✔ promoted   1 min ago   by ana\n');
  });
});

describe('promote list of what did not stay', () => {
  const takenBack = samplePromotion({ id: 'pr-1' });
  const rollback = {
    trigger: 'manual',
    reason: 'slow',
    requestedBy: 'olga',
    at: afterStart(20),
    acceptsDataLoss: false,
  } as const;
  const listed = (...promotions: readonly ReturnType<typeof samplePromotion>[]) =>
    fakeSession({ list: () => Promise.resolve(promotions), releases: () => Promise.resolve([sampleRelease()]) });

  it('says of each that was taken back since what took it back', async () => {
    const session = listed(
      samplePromotion({ id: 'pr-2', kind: 'rollback', rollbackOf: 'pr-1', state: 'ROLLED_BACK', rollback }),
      takenBack,
    );
    const { out } = await record(['list'], { session });
    expect(out.split('\n')[1]).toContain('↩ promoted, taken back by pr-2');
    const json = JSON.parse((await record(['list', '--json'], { session })).out) as { promotions: unknown[] };
    expect(json.promotions).toMatchObject([{ takenBackBy: null }, { takenBackBy: 'pr-2' }]);
  });

  it('says it of everything that one rollback took back, and of nothing while it is under way', async () => {
    const to = {
      releaseId: 'rel-0',
      release: 'v0',
      promotions: [
        { id: 'pr-3', planHash: null },
        { id: 'pr-1', planHash: null },
      ],
    };
    const changes = { id: 'pr-4', kind: 'rollback', rollbackOf: 'pr-3', rollback: { ...rollback, to } } as const;
    const done = await record(['list'], {
      session: listed(samplePromotion({ ...changes, state: 'ROLLED_BACK' }), takenBack),
    });
    expect(done.out).toContain('promoted, taken back by pr-4');
    const underWay = samplePromotion({ ...changes, state: 'ROLLING_BACK', endedAt: undefined });
    expect((await record(['list'], { session: listed(underWay, takenBack) })).out).toContain('✔ promoted ');
  });

  it('tells what was cancelled from what failed', async () => {
    const cancelled = samplePromotion({ state: 'ROLLED_BACK', rollback: { ...rollback, trigger: 'cancel' } });
    expect((await record(['list'], { session: listed(cancelled) })).out).toContain('↩ cancelled and taken back ');
  });

  it('says what is waited for, not only the state', async () => {
    const parked = { reason: 'checklist', detail: '0 of 1', since: afterStart(0), until: undefined } as const;
    const waiting = samplePromotion({ state: 'PENDING_APPROVAL', parked, endedAt: undefined });
    expect((await record(['list'], { session: listed(waiting) })).out).toContain('◷ waiting for the checklist ');
  });

  it('teaches where nothing is, and says when only the filter finds nothing', async () => {
    expect((await record(['list'], { session: listed() })).out).toContain(
      'Nothing was promoted here yet. `promote run',
    );
    expect((await record(['list', '--active'], { session: listed() })).out).toContain('No promotion is like that.');
  });
});

describe('promote list of what waits', () => {
  const listed = async (changes: Partial<PromotionRecord>): Promise<string> => {
    const promotions = [samplePromotion({ endedAt: undefined, ...changes })];
    const session = fakeSession({
      list: () => Promise.resolve(promotions),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    return (await record(['list'], { session })).out;
  };
  const parked = { detail: '2 of 24 h in dev', since: afterStart(0), until: afterStart(3600) };

  it('says what it waits for, as status does, and not what its state would be without', async () => {
    const soaking = { state: 'VALIDATING_CONDITIONS', parked: { ...parked, reason: 'soak' } } as const;
    expect(await listed(soaking)).toContain('◷ soaking ');
    const retried = { state: 'PENDING_APPROVAL', parked: { ...parked, reason: 'retry' } } as const;
    expect(await listed(retried)).toContain('◷ waiting to be tried again ');
  });

  it('speaks of no approval on a path without one', async () => {
    expect(await listed({ state: 'PENDING_APPROVAL' })).toContain('◐ going on without approval ');
  });
});

describe('promote list of what ran by itself', () => {
  it.each([
    ['COMPLETED_SUCCESSFULLY', '✔ contract migrations ran'],
    ['SUPERSEDED', '– not needed any more'],
    ['FAILED', '✖ failed'],
  ] as const)('says what became of a contract run that is %s', async (state, words) => {
    const session = fakeSession({
      list: () => Promise.resolve([samplePromotion({ kind: 'contract', contractOf: 'pr-0', state })]),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['list'], { session });
    expect(out).toBe(`pr-7f3a   shop v2   contract in staging   ${words}   1 min ago   by ana\n`);
  });
});

describe('a name that there is not', () => {
  const unknown = () => Promise.reject(new UnknownNameError('application', 'nope', ['shop']));
  const session = fakeSession({ environments: unknown, list: unknown, run: unknown });

  it('says apart, for programs, what was meant, and that a release which there is not is a wrong word', async () => {
    const unknown = new UnknownReleaseError('shop', 'v9', ['v3', 'v2']);
    const { exitCode, out } = await record(['run', 'shop', '--release', 'v9', '--to', 'staging', '--json'], {
      session: fakeSession({ run: () => Promise.reject(unknown) }),
    });
    const remedy = 'Did you mean v3? Known: v3, v2.';
    expect([exitCode, JSON.parse(out)]).toEqual([
      2,
      { error: { message: 'shop has no release v9', remedy, exitCode: 2 } },
    ]);
    const mistyped = await record(['list', '--aplication', 'shop', '--json'], {});
    expect(JSON.parse(mistyped.out)).toMatchObject({
      error: { remedy: 'promote list --help shows how it is typed', exitCode: 2 },
    });
  });

  it.each([
    [['status', 'nope']],
    [['list', '--application', 'nope']],
    [['run', 'nope', '--release', 'v2', '--to', 'staging']],
  ])('is a usage error and not an empty answer: %p', async (words) => {
    const { exitCode, out, errors, logged } = await record(words, { session });
    expect([exitCode, out, logged]).toEqual([2, '', []]);
    expect(errors).toBe('error: there is no application nope. Known: shop.\n');
    const json = await record([...words, '--json'], { session });
    expect([json.exitCode, JSON.parse(json.out)]).toEqual([
      2,
      { error: { message: 'there is no application nope. Known: shop.', remedy: null, exitCode: 2 } },
    ]);
  });
});

describe('promote logs', () => {
  const lines: readonly StoredLogLine[] = [
    { seq: 1, step: 'deploy', attempt: 1, at: afterStart(1.5), line: 'rolling\u001b]0;owned\u0007' },
    { seq: 2, step: 'verify', attempt: 1, at: afterStart(2), line: 'healthy' },
  ];
  const session = fakeSession({
    view: () => Promise.resolve(sampleView()),
    logs: (_actor, _id, afterSeq) => Promise.resolve(lines.filter(({ seq }) => seq > afterSeq)),
  });

  it('shows what steps wrote, harmless', async () => {
    const { out } = await record(['logs', 'pr-7f3a'], { session });
    expect(out).toBe(
      '14:02:01.500  deploy         rolling\\u001b]0;owned\\u0007\n14:02:02.000  verify         healthy\n',
    );
  });

  it('follows until the promotion ends, and shows each line once', async () => {
    const { out, exitCode } = await record(['logs', 'pr-7f3a', '--follow', '--step', 'verify', '--json'], { session });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual({
      seq: 2,
      at: afterStart(2).toISOString(),
      step: 'verify',
      attempt: 1,
      line: 'healthy',
    });
  });

  it('proposes the step that a mistyped one meant', async () => {
    const { exitCode, errors } = await record(['logs', 'pr-7f3a', '--step', 'verfy'], { session });
    expect(exitCode).toBe(2);
    expect(errors).toContain('there is no step verfy. Did you mean verify?');
  });
});

describe('promote approve', () => {
  it('decides about the plan that was shown and no other', async () => {
    const decisions: unknown[] = [];
    const session = fakeSession({
      view: () => Promise.resolve(sampleView({ planHash: 'shown' })),
      decide: (_actor, decision) => {
        decisions.push(decision);
        return Promise.resolve(samplePromotion());
      },
    });
    const { exitCode } = await record(['approve', 'pr-7f3a', '--comment', 'tried it'], { session });
    expect(decisions).toEqual([
      { promotionId: 'pr-7f3a', decision: 'approved', comment: 'tried it', planHash: 'shown' },
    ]);
    expect(exitCode).toBe(0);
  });

  it('says what is still missing, and from whom', async () => {
    const planHash = 'c0ffee7'.padEnd(64, '0');
    const SRE = { name: 'SRE', people: ['ben', 'cleo'], roles: ['sre'], minimumApprovals: 2, timeoutSeconds: 3600 };
    const view = sampleView();
    const promotion = samplePromotion({
      state: 'PENDING_APPROVAL',
      definition: { ...view.promotion.definition, approvalStages: [SRE] },
    });
    const votes: PromotionView['votes'][number][] = [];
    const session = fakeSession({
      view: () => Promise.resolve({ ...view, promotion, votes: [...votes] }),
      decide: ({ id: actor }) => {
        votes.push({ stage: 'SRE', actor, decision: 'approved', planHash, comment: undefined, at: afterStart(5) });
        return Promise.resolve(promotion);
      },
    });
    const first = await record(['approve', 'pr-7f3a'], {
      session: { ...session, actor: { ...session.actor, id: 'ben' } },
    });
    expect(first.out).toContain('  1 of 2 approvals of stage SRE; still missing: 1 from cleo, role sre\n');
    const second = await record(['approve', 'pr-7f3a'], {
      session: { ...session, actor: { ...session.actor, id: 'cleo' } },
    });
    expect(second.out).toContain('  every approval is given; it goes on by itself\n');
  });
});

describe('promote reject', () => {
  it.each([[['reject', 'pr-7f3a']], [['reject', 'pr-7f3a', '--comment', ' ']]])('asks why: %p', async (words) => {
    const { exitCode, errors } = await record(words);
    expect(exitCode).toBe(2);
    expect(errors).toContain('--comment');
  });
});

describe('promote retry', () => {
  it('is not understood when it overrules without a word why', async () => {
    const { exitCode, errors } = await record(['retry', 'pr-7f3a', '--force'], {});
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('--force needs --reason')]);
  });

  it('counts a rollback that ends well as what was asked for', async () => {
    const rollback = {
      trigger: 'automatic',
      reason: 'x',
      requestedBy: 'y',
      at: afterStart(0),
      acceptsDataLoss: false,
    } as const;
    const accepted: unknown[] = [];
    const session = fakeSession({
      retry: (_actor, _id, options) => {
        accepted.push(options);
        return Promise.resolve(samplePromotion({ state: 'ROLLING_BACK', rollback }));
      },
      view: () => Promise.resolve(sampleView({ state: 'ROLLED_BACK', rollback, steps: [] })),
    });
    expect((await record(['retry', 'pr-7f3a', '--accept-loss'], { session })).exitCode).toBe(0);
    expect(accepted).toEqual([
      { acceptsDataLoss: true, acknowledges: undefined, forces: false, reason: undefined, takesBackAnew: false },
    ]);
  });
});

describe('promote audit', () => {
  const entry: ChainedEvent = {
    seq: 1,
    at: afterStart(0),
    type: 'state-changed',
    actor: { id: 'ana\u001b[2J', verified: false, roles: [], via: 'cli' },
    data: { from: 'INITIALIZING', to: 'QUEUED' },
    previousHash: '0'.repeat(64),
    hash: 'abcdef0123456789'.repeat(4),
  };

  it('shows number, time, who, what and the beginning of the hash', async () => {
    const session = fakeSession({ events: () => Promise.resolve([entry]) });
    const { out } = await record(['audit', 'show', 'pr-7f3a'], { session });
    expect(out).toBe(
      '   1   2026-11-21T14:02:00.000Z   abcdef012345   ana\\u001b[2J   waiting for its turn in the environment (INITIALIZING → QUEUED)\n',
    );
  });

  it('says in words what happened, steps by the names that are used elsewhere', async () => {
    const events = [
      { ...entry, seq: 2, type: 'step-started', data: { step: 'await-approval' } },
      { ...entry, seq: 3, type: 'parked', data: { reason: 'rollout', detail: 'instances start' } },
      { ...entry, seq: 4, type: 'state-changed', data: { from: 'PENDING_APPROVAL', to: 'APPROVAL_GRANTED' } },
    ];
    const { out } = await record(['audit', 'show', 'pr-7f3a'], {
      session: fakeSession({ events: () => Promise.resolve(events) }),
    });
    expect(out).toContain('approval began');
    expect(out).toContain('waits for the deployment: instances start');
    expect(out).toContain('approved (PENDING_APPROVAL → APPROVAL_GRANTED)');
  });

  it('keeps every line as narrow as the terminal, however long one entry is, and says where it is whole', async () => {
    const long = { ...entry, seq: 2, type: 'steps-reset', data: { reason: 'x'.repeat(600) } };
    const session = fakeSession({ events: () => Promise.resolve([entry, long]) });
    const { out } = await record(['audit', 'show', 'pr-7f3a'], { session, isInteractive: true });
    const lines = out.split('\n');
    expect(lines.slice(0, 2).map((line) => line.indexOf('abcdef012345'))).toEqual([34, 34]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(out).toContain('What is cut here is whole in --json.');
    expect((await record(['audit', 'show', 'pr-7f3a', '--json'], { session })).out).toContain('x'.repeat(600));
  });

  it('does not take a chain that is gone for an empty one', async () => {
    const session = fakeSession({ events: () => Promise.resolve([]) });
    const { exitCode, out, errors } = await record(['audit', 'show', 'pr-7f3a'], { session });
    expect([exitCode, out]).toEqual([1, '']);
    expect(errors).toMatch(/no entry of pr-7f3a.*they were removed\npromote audit verify/);
  });

  it('names every finding and fails', async () => {
    const findings = [{ promotionId: 'pr-7f3a', seq: 3, problem: 'the hash does not match' }];
    const session = fakeSession(
      {},
      {
        verifyAudit: () => Promise.resolve({ findings, chains: 2, entries: 40, pruned: 0, signedUpTo: afterStart(0) }),
      },
    );
    const { exitCode, out } = await record(['audit', 'verify'], { session });
    expect(exitCode).toBe(1);
    expect(out).toContain('✖ pr-7f3a entry 3: the hash does not match');
  });

  it('says how much was verified and up to when it is signed', async () => {
    const session = fakeSession(
      {},
      {
        verifyAudit: () =>
          Promise.resolve({ findings: [], chains: 2, entries: 1040, pruned: 3, signedUpTo: afterStart(0) }),
      },
    );
    const { exitCode, out } = await record(['audit', 'verify'], { session });
    expect([exitCode, out]).toEqual([
      0,
      '✔ 2 chains, 1,040 entries verified; signed up to 2026-11-21 14:02:00 UTC; 3 chains pruned behind signed checkpoints\n',
    ]);
  });
});

describe('promote doctor', () => {
  async function* found(...findings: readonly DoctorFinding[]): AsyncGenerator<DoctorFinding> {
    yield* findings;
  }

  it('says how to mend what it finds, and fails only for what must be mended', async () => {
    const warning = { subject: 'disk', level: 'warn', detail: '1 GB left', remedy: 'make room' } as const;
    const warned = await record(['doctor'], { session: fakeSession({}, { examine: () => found(warning) }) });
    expect([warned.exitCode, warned.out]).toEqual([
      0,
      '  ! disk                        1 GB left\n                                → make room\n\nPromotions can run; 1 could be better.\n',
    ]);
    const failed = await record(['doctor'], {
      session: fakeSession({}, { examine: () => found({ ...warning, level: 'fail' }) }),
    });
    expect(failed.exitCode).toBe(1);
  });

  it('finds that the installation cannot even be opened', async () => {
    const session = (): Promise<never> => Promise.reject(new SetupError('Postgres does not start', 'npm start'));
    const { exitCode, out, errors } = await record(['doctor'], { session });
    expect(exitCode).toBe(1);
    expect(out).toContain('✖ engine                      Postgres does not start');
    expect(errors).toBe('');
  });
});
