import {
  RefusedError,
  type EnvironmentState,
  type Revision,
  type RollbackPreview,
} from '../../../engine/promotion-service.ts';
import { afterStart, samplePromotion, sampleRelease, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const migration = (downLosesData: boolean) => ({
  version: 4,
  name: 'drop_notes',
  kind: 'expand' as const,
  transactional: true,
  up: 'x',
  down: 'y',
  downLosesData,
  checksum: '',
});

function preview(more: Partial<RollbackPreview> = {}): RollbackPreview {
  const promotion = samplePromotion();
  return {
    promotion,
    release: sampleRelease(),
    returnsTo: 'v1',
    takesBack: [promotion.id],
    undone: [
      { step: 'deploy', will: 'v1 serves again: service by service, while requests go on' },
      { step: 'promote-artifacts', will: 'the tags of v2 there are removed; its images stay, addressed by digest' },
      { step: 'migrate-database', will: 'schema kept, migration 4 included: v1 runs on schema 4' },
      { step: 'promote-configuration', will: '1 value in staging/values.yaml restored by a new commit' },
    ],
    schema: { kind: 'keep', reason: 'v1 runs on schema 4' },
    discards: undefined,
    restoreRefused: undefined,
    irreversible: ['the mail of the custom step'],
    stops: false,
    preempts: undefined,
    lastTookMs: 42_000,
    underWay: undefined,
    alsoRunsIn: [],
    pausesAutoPromotion: true,
    ...more,
  };
}

function environmentState(more: Pick<EnvironmentState, 'name' | 'promotionId'>): EnvironmentState {
  return {
    application: 'shop',
    release: sampleRelease(),
    deployedAt: undefined,
    verifiedAt: undefined,
    autoPromotionPausedAt: undefined,
    slotHeldBy: undefined,
    ...more,
  };
}

function taking(shown: RollbackPreview = preview()) {
  const asked: unknown[] = [];
  const end = sampleView({ state: 'ROLLED_BACK', steps: [] });
  const session = fakeSession({
    newestPromotion: (_actor, application, environment) => {
      asked.push({ application, environment });
      return Promise.resolve(shown.promotion);
    },
    previewRollback: (_actor, question) => {
      asked.push({ preview: question });
      return Promise.resolve(shown);
    },
    view: () => Promise.resolve(end),
    rollBack: (_actor, command) => {
      asked.push(command);
      return Promise.resolve('pr-0b');
    },
    confirmRollback: (_actor, id) => {
      asked.push({ confirmed: id });
      return Promise.resolve(end.promotion);
    },
  });
  const orders = () => asked.filter((each) => !Object.hasOwn(each as object, 'preview'));
  return { session, asked, orders };
}

describe('promote rollback', () => {
  it('shows from what to what, what is undone, lost and not undone, and how long it took, before it asks', async () => {
    const { session, orders } = taking();
    const { exitCode, out, questions } = await record(['rollback', 'pr-7f3a'], { session, answer: 'n' });
    expect(out).toBe(`Rolling back shop in staging  v2 → v1                  pr-7f3a
  Will be so, in this order:
    deploy         v1 serves again: service by service, while requests go on
    artifacts      the tags of v2 there are removed; its images stay, addressed by digest
    database       schema kept, migration 4 included: v1 runs on schema 4
    configuration  1 value in staging/values.yaml restored by a new commit
  No row and no value written since is lost.
  Cannot be undone: the mail of the custom step
  The last rollback there took 42 s.
  v2 is then marked bad in every environment: it is promoted nowhere any more, and nothing is promoted to staging by itself until it is resumed.

Nothing was changed.
`);
    expect(questions).toEqual(['Roll back? [y/N] ']);
    expect(orders()).toEqual([]);
    expect(exitCode).toBe(1);
  });

  it('takes back when a person says yes, and ends well when it is taken back', async () => {
    const { session, orders } = taking();
    const { exitCode, out } = await record(['rollback', 'pr-7f3a', '--reason', 'slow'], { session, answer: 'y' });
    expect(orders()).toEqual([{ promotionId: 'pr-7f3a', reason: 'slow', acceptsDataLoss: false }]);
    expect(out).toContain('  Taken back in 10.6 s');
    expect(exitCode).toBe(0);
  });

  it.each([[[]], [['--json']]])(
    'refuses to go on with %p when nobody can answer, and asks nothing of the engine',
    async (more) => {
      const { session, orders } = taking();
      const { exitCode, errors } = await record(['rollback', 'pr-7f3a', ...more], { session });
      expect(exitCode).toBe(2);
      expect(errors).toContain('add --yes');
      expect(orders()).toEqual([]);
    },
  );

  it('says where else the release runs, and that nobody knows how long it takes the first time', async () => {
    const first = preview({ lastTookMs: undefined, alsoRunsIn: ['dev'], pausesAutoPromotion: false });
    const { out } = await record(['rollback', 'pr-7f3a'], { session: taking(first).session, answer: 'n' });
    expect(out).toContain('  Nothing was rolled back there yet, so nobody knows how long it takes.');
    expect(out).toContain('it is promoted nowhere any more.\n  It goes on running in dev, where it is shown as bad.');
  });

  it('tells a program what it would do, changes nothing, and says with which code it ends', async () => {
    const { session, orders } = taking(preview({ discards: undefined, alsoRunsIn: ['dev'] }));
    const { exitCode, out } = await record(['rollback', 'pr-7f3a', '--json'], { session });
    const [first = '', second = ''] = out.trim().split('\n');
    expect(JSON.parse(first)).toMatchObject({
      kind: 'preview',
      promotion: 'pr-7f3a',
      release: 'v2',
      returnsTo: 'v1',
      undone: [{ step: 'deploy', will: 'v1 serves again: service by service, while requests go on' }, {}, {}, {}],
      schema: { kind: 'keep', reason: 'v1 runs on schema 4' },
      restoreRefused: null,
      irreversible: ['the mail of the custom step'],
      lastTookMs: 42_000,
      alsoRunsIn: ['dev'],
    });
    expect(JSON.parse(second)).toMatchObject({ error: { exitCode: 2 } });
    expect(exitCode).toBe(2);
    expect(orders()).toEqual([]);
  });

  it('asks for the migrations to be undone, before and when it does it', async () => {
    const { session, orders } = taking();
    await record(['rollback', 'pr-7f3a', '--undo-migrations', '--yes'], { session });
    expect(orders()).toMatchObject([{ promotionId: 'pr-7f3a', undoesMigrations: true }]);
    const both = await record(['rollback', 'pr-7f3a', '--undo-migrations', '--restore-database'], { session });
    expect(both.exitCode).toBe(2);
    expect(both.errors).toContain('not both');
  });

  it('says of an id that was mistyped that there is no such promotion, not that an environment is missing', async () => {
    const { session, orders } = taking();
    const { errors } = await record(['rollback', 'pr-nope', '--yes'], { session });
    expect(errors).not.toContain('--env');
    expect(orders()).toMatchObject([{ promotionId: 'pr-nope' }]);
  });

  it('does not take silence for consent', async () => {
    for (const answer of ['', 'yess', 'n', ' ']) {
      const { session, orders } = taking();
      expect((await record(['rollback', 'pr-7f3a'], { session, answer })).exitCode).toBe(1);
      expect(orders()).toEqual([]);
    }
  });

  it('ends as interrupted when Ctrl-C is pressed instead of an answer', async () => {
    const { session, orders } = taking();
    const { exitCode, errors } = await record(['rollback', 'pr-7f3a'], { session, isAnsweredByInterrupt: true });
    expect(exitCode).toBe(130);
    expect(errors).toContain('interrupted before anything was changed');
    expect(orders()).toEqual([]);
  });

  it('finds the newest promotion of an environment, and returns to what is asked for', async () => {
    const { session, orders } = taking();
    await record(['rollback', 'shop', '--env', 'staging', '--to', 'v0', '--yes', '--accept-loss'], { session });
    expect(orders()).toEqual([
      { application: 'shop', environment: 'staging' },
      { promotionId: 'pr-7f3a', reason: 'rolled back by ana', acceptsDataLoss: true, to: { release: 'v0' } },
    ]);
    const numbered = taking();
    await record(['rollback', 'shop', '--env', 'staging', '--to-revision', '3', '--yes'], {
      session: numbered.session,
    });
    expect(numbered.orders()[1]).toMatchObject({ to: { number: 3 } });
  });

  it('says which data stays unless its loss is accepted, and what is lost when it is', async () => {
    const lossy = preview({ schema: { kind: 'keep', reason: 'x', lossy: [migration(true)] } });
    const kept = await record(['rollback', 'pr-7f3a', '--yes'], { session: taking(lossy).session });
    expect(kept.out).toContain(
      'Stays unless --accept-loss is given, because undoing it discards what was written since: 004 drop_notes',
    );
    const revert = preview({ schema: { kind: 'revert', migrations: [migration(true)] } });
    const lost = await record(['rollback', 'pr-7f3a', '--yes', '--accept-loss'], { session: taking(revert).session });
    expect(lost.out).toContain('What was written since may be lost, as --accept-loss allows: 004 drop_notes');
    const clean = preview({ schema: { kind: 'revert', migrations: [migration(false)] } });
    const { out } = await record(['rollback', 'pr-7f3a', '--yes'], { session: taking(clean).session });
    expect(out).toContain('The schema goes back by the down files of 004 drop_notes.\n  No row and no value');
  });

  it('says what will fail, and what cannot be told', async () => {
    const refused = preview({ schema: { kind: 'refuse', reason: 'migration 4 cannot be undone without losing rows' } });
    const first = await record(['rollback', 'pr-7f3a'], { session: taking(refused).session, answer: 'n' });
    expect(first.out).toContain('Will fail: migration 4 cannot be undone without losing rows.');
    const unknown = preview({ schema: { kind: 'unknown', reason: 'shop cannot be asked' }, returnsTo: undefined });
    const second = await record(['rollback', 'pr-7f3a'], { session: taking(unknown).session, answer: 'n' });
    expect(second.out).toContain('What becomes of the schema cannot be told now: shop cannot be asked');
    expect(second.out).toContain('staging has no verified release to return to');
  });

  it('says that nothing can be put back where the rules leave out back-up, and proposes nothing else', async () => {
    const refused = preview({
      restoreRefused: 'the rules left out back-up when pr-7f3a was promoted',
      schema: { kind: 'refuse', reason: 'migration 1 cannot be undone without losing rows' },
    });
    const { out } = await record(['rollback', 'pr-7f3a'], { session: taking(refused).session, answer: 'n' });
    expect(out).toContain('--restore-database is refused: the rules left out back-up when pr-7f3a was promoted');
    expect(out).toContain('  --accept-loss lets it go on.');
    expect(out).not.toContain('--discard-writes');
  });

  it('names what goes with it, and what is stopped for it', async () => {
    const wide = preview({ takesBack: ['pr-7f3a', 'pr-older'], preempts: 'pr-newer', stops: true });
    const { out } = await record(['rollback', 'pr-7f3a'], { session: taking(wide).session, answer: 'n' });
    expect(out).toContain('With it goes what came before it: pr-older.');
    expect(out).toContain('pr-newer, which only waits for health there, is stopped and taken back first.');
    expect(out).toContain('Everything there stops for a moment on the way back, and requests are refused meanwhile.');
  });

  describe('with --restore-database', () => {
    const discards = { since: afterStart(-720), minutes: 12, rowsInBackUp: 1204 };
    const restoring = () => taking(preview({ discards, schema: undefined, stops: true }));
    const words = ['rollback', 'pr-7f3a', '--restore-database', '--yes'];

    it('says exactly which minutes of writes are discarded, and does nothing without the word for it', async () => {
      const { session, orders } = restoring();
      const { exitCode, out, errors } = await record(words, { session });
      expect(out).toContain(
        'Is lost: everything written since 2026-11-21 13:50:00 UTC (12 min). The back-up holds 1,204 rows.',
      );
      expect(errors).toContain('discards what was written in the last 12 min; add --discard-writes');
      expect(exitCode).toBe(2);
      expect(orders()).toEqual([]);
    });

    it.each([[[]], [['--json']]])('refuses without that word, %p', async (more) => {
      const { session, orders } = restoring();
      expect((await record([...words, ...more], { session })).exitCode).toBe(2);
      expect(orders()).toEqual([]);
    });

    it('puts it back once a person has said it', async () => {
      const { session, orders } = restoring();
      expect((await record([...words, '--discard-writes'], { session })).exitCode).toBe(0);
      expect(orders()).toMatchObject([{ restoresDatabase: true, acceptsDataLoss: false }]);
    });
  });

  it('takes a person’s word that it was taken back by hand, and follows the verification', async () => {
    const { session, asked } = taking();
    const { exitCode } = await record(['rollback', '--confirm', 'pr-7f3a'], { session });
    expect(asked).toEqual([{ confirmed: 'pr-7f3a' }]);
    expect(exitCode).toBe(0);
  });

  it('lists what ran there, and what can return', async () => {
    const release = (name: string) => ({ ...sampleRelease(), name });
    const at = afterStart(0);
    const common = { deployedAt: at, verifiedAt: at };
    const keep = { kind: 'keep', reason: 'it runs on schema 4' } as const;
    const revisions: readonly Revision[] = [
      {
        ...common,
        number: 3,
        release: release('v3'),
        promotionId: 'pr-3',
        standing: { kind: 'running', schema: keep },
      },
      {
        ...common,
        number: 2,
        release: release('v2'),
        promotionId: 'pr-2',
        standing: { kind: 'possible', schema: keep },
      },
      {
        ...common,
        number: 1,
        release: release('v1'),
        promotionId: undefined,
        standing: { kind: 'refused', reason: 'it is marked bad: it leaks', schema: keep },
      },
    ];
    const session = fakeSession({ revisions: () => Promise.resolve(revisions) });
    const { out, exitCode } = await record(['rollback', 'shop', '--env', 'staging', '--list'], { session });
    expect(out).toBe(`  3   v3   1 min ago   pr-3      ● runs now
  2   v2   1 min ago   pr-2      ↩ can return: the schema stays
  1   v1   1 min ago   adopted   – it is marked bad: it leaks
`);
    expect(exitCode).toBe(0);
    const json = await record(['rollback', 'shop', '--env', 'staging', '--list', '--json'], { session });
    expect(JSON.parse(json.out)).toMatchObject({
      application: 'shop',
      environment: 'staging',
      revisions: [
        { number: 3, isRunning: true, canReturn: false },
        { number: 2, canReturn: true, reason: null, schema: 'keep' },
        { number: 1, canReturn: false, reason: 'it is marked bad: it leaks', promotion: null },
      ],
    });
  });

  it('takes back in the only environment that something was promoted into, when nothing is named', async () => {
    const asked: unknown[] = [];
    const sessionOf = (...names: readonly string[]) =>
      fakeSession({
        environments: () =>
          Promise.resolve([
            environmentState({ name: 'dev', promotionId: undefined }),
            ...names.map((name) => environmentState({ name, promotionId: 'pr-7f3a' })),
          ]),
        newestPromotion: (_actor, application, environment) => {
          asked.push([application, environment]);
          return Promise.reject(new RefusedError('enough seen'));
        },
      });
    expect((await record(['rollback', '--yes'], { session: sessionOf('staging') })).exitCode).toBe(1);
    expect(asked).toEqual([['shop', 'staging']]);
    const several = await record(['rollback', '--yes'], { session: sessionOf('qa', 'staging') });
    expect([several.exitCode, several.errors]).toEqual([
      2,
      expect.stringContaining('several environments can be meant; say which: shop --env qa, shop --env staging'),
    ]);
    const none = await record(['rollback', '--yes'], { session: sessionOf() });
    expect([none.exitCode, none.errors]).toEqual([2, expect.stringContaining('nothing was promoted here')]);
    expect(asked).toHaveLength(1);
  });

  it.each([[['rollback']], [['rollback', 'shop', '--env', 'staging']]])(
    'asks about what was taken back last when migrations are to be undone and nothing else is left: %p',
    async (words) => {
      const asked: unknown[] = [];
      const session = fakeSession({
        environments: () => Promise.resolve([environmentState({ name: 'staging', promotionId: undefined })]),
        newestPromotion: () => Promise.reject(new RefusedError('no promotion since is left to take back')),
        list: () =>
          Promise.resolve([
            samplePromotion({ id: 'pr-2', kind: 'rollback', rollbackOf: 'pr-1', state: 'ROLLED_BACK' }),
            samplePromotion({ id: 'pr-1' }),
          ]),
        previewRollback: (_actor, question) => {
          asked.push(question);
          return Promise.reject(new RefusedError('migration 3 stayed'));
        },
      });
      const { exitCode, errors } = await record([...words, '--undo-migrations', '--yes'], { session });
      expect([exitCode, errors]).toEqual([1, expect.stringContaining('migration 3 stayed')]);
      expect(asked).toMatchObject([{ promotionId: 'pr-1', undoesMigrations: true }]);
      const plain = await record([...words, '--yes'], { session });
      expect(plain.errors).not.toContain('migration 3 stayed');
    },
  );

  it.each([
    [['rollback', '--env', 'staging'], 'name the application together with --env'],
    [['rollback', '--list'], 'name the application together with --env'],
    [['rollback', 'shop'], 'with --env'],
    [['rollback', 'pr-7f3a', '--env', 'staging'], 'leave --env out'],
    [['rollback', 'pr-7f3a', '--to', 'v1'], 'revisions are those of an environment'],
    [['rollback', 'pr-7f3a', '--list'], 'revisions are those of an environment'],
    [['rollback', 'shop', '--env', 'x', '--to', 'v1', '--to-revision', '2'], 'not both'],
    [['rollback', 'pr-7f3a', '--discard-writes'], '--discard-writes belongs to --restore-database'],
    [['rollback', 'pr-7f3a', '--confirm', 'pr-7f3a'], 'and nothing else'],
  ])('refuses %p before it opens anything', async (words, message) => {
    const { exitCode, errors } = await record(words);
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });
});
