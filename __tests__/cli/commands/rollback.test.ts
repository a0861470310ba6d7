import type { PromotionView } from '../../../engine/promotion-service.ts';
import { sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

function taking(view: PromotionView, end: PromotionView = sampleView({ state: 'ROLLED_BACK', steps: [] })) {
  const asked: unknown[] = [];
  const session = fakeSession({
    newestPromotion: (_actor, application, environment) => {
      asked.push({ application, environment });
      return Promise.resolve(view.promotion);
    },
    view: (_actor, id) => Promise.resolve(id === 'pr-0b' ? end : view),
    rollBack: (_actor, command) => {
      asked.push(command);
      return Promise.resolve('pr-0b');
    },
  });
  return { session, asked };
}

const plan = {
  hash: 'c0ffee7',
  body: {
    target: { release: 'v1', generation: 1 },
    database: { migrations: [{ version: 4, name: 'drop_notes', kind: 'expand', statements: [] }] },
    irreversible: ['the mail of the custom step'],
  },
};

describe('promote rollback', () => {
  it('shows from what to what, what is undone and what is not, before it asks', async () => {
    const { session, asked } = taking({ ...sampleView(), plan });
    const { exitCode, out, questions } = await record(['rollback', 'pr-7f3a'], { session, answer: 'n' });
    expect(out).toBe(`Rolling back shop in staging  v2 → v1                  pr-7f3a
  Is undone, in this order:
    deploy         rolling, 0 of 1,922 requests failed
    artifacts      3 images by digest, 2 there already
    database       1 expand migration, lock ≤ 12 ms
    configuration  1 value changed in staging/values.yaml
  No row and no value written since is lost.
  Cannot be undone: the mail of the custom step
  v2 is then marked bad, and nothing is promoted there by itself.

Nothing was changed.
`);
    expect(questions).toEqual(['Roll back? [y/N] ']);
    expect(asked).toEqual([]);
    expect(exitCode).toBe(1);
  });

  it('takes back when a person says yes, and ends well when it is taken back', async () => {
    const { session, asked } = taking(sampleView());
    const { exitCode, out } = await record(['rollback', 'pr-7f3a', '--reason', 'slow'], { session, answer: 'y' });
    expect(asked).toEqual([{ promotionId: 'pr-7f3a', reason: 'slow', acceptsDataLoss: false }]);
    expect(out).toContain('  Taken back in 10.6 s');
    expect(exitCode).toBe(0);
  });

  it.each([[[]], [['--json']]])(
    'refuses to go on with %p when nobody can answer, and asks nothing of the engine',
    async (more) => {
      const { session, asked } = taking(sampleView());
      const { exitCode, errors } = await record(['rollback', 'pr-7f3a', ...more], { session });
      expect(exitCode).toBe(2);
      expect(errors).toContain('add --yes');
      expect(asked).toEqual([]);
    },
  );

  it('does not take silence for consent', async () => {
    for (const answer of ['', 'yess', 'n', ' ']) {
      const { session, asked } = taking(sampleView());
      expect((await record(['rollback', 'pr-7f3a'], { session, answer })).exitCode).toBe(1);
      expect(asked).toEqual([]);
    }
  });

  it('finds the newest promotion of an environment', async () => {
    const { session, asked } = taking(sampleView());
    await record(['rollback', 'shop', '--env', 'staging', '--yes', '--accept-loss'], { session });
    expect(asked).toEqual([
      { application: 'shop', environment: 'staging' },
      { promotionId: 'pr-7f3a', reason: 'rolled back by ana', acceptsDataLoss: true },
    ]);
  });

  it('says which data stays unless its loss is accepted', async () => {
    const migration = {
      version: 4,
      name: 'drop_notes',
      kind: 'expand',
      transactional: true,
      up: 'x',
      downLosesData: true,
      checksum: '',
    } as const;
    const view = { ...sampleView(), plan };
    const content = { ...view.release.content, database: { schemaRange: { min: 0, max: 4 }, migrations: [migration] } };
    const lossy = { ...view, release: { ...view.release, content } };
    const kept = await record(['rollback', 'pr-7f3a', '--yes'], { session: taking(lossy).session });
    expect(kept.out).toContain(
      'Stays unless --accept-loss is given, because undoing it discards what was written since: 004 drop_notes',
    );
    const lost = await record(['rollback', 'pr-7f3a', '--yes', '--accept-loss'], { session: taking(lossy).session });
    expect(lost.out).toContain('What was written since may be lost, as --accept-loss allows: 004 drop_notes');
  });

  it.each([
    [['rollback', 'shop'], 'with --env'],
    [['rollback', 'pr-7f3a', '--env', 'staging'], 'leave --env out'],
  ])('refuses %p before it opens anything', async (words, message) => {
    const { exitCode, errors } = await record(words);
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
  });
});
