import type { WorkOptions } from '../../../cli/session.ts';
import { NotFoundError } from '../../../engine/promotion-service.ts';
import { sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const named = {
  PROMOTION_ID: 'pr-7f3a',
  PROMOTION_DISPATCH_ID: '12',
  DATABASE_URL: 'postgres://db.example/promotion',
};

describe('promote runner', () => {
  it('executes the promotion that its variables name, and says how it stands then', async () => {
    const ran: WorkOptions[] = [];
    const session = fakeSession(
      {
        view: () => Promise.resolve(sampleView(ran.length === 0 ? { state: 'QUEUED', endedAt: undefined } : {})),
      },
      {
        runWorker: (options) => {
          ran.push(options);
          return Promise.resolve();
        },
      },
    );
    const { exitCode, out, errors } = await record(['runner'], { session, environment: named });
    expect([exitCode, out, errors]).toEqual([0, 'pr-7f3a: promoted\n', '']);
    expect(ran).toEqual([{ promotionId: 'pr-7f3a', runId: '12', lingerSeconds: 5 }]);
  });

  it('runs nothing when the database knows no such promotion', async () => {
    const session = fakeSession({ view: () => Promise.reject(new NotFoundError('there is no promotion pr-7f3a')) });
    const { exitCode, errors } = await record(['runner'], { session, environment: named });
    expect([exitCode, errors]).toEqual([1, 'error: there is no promotion pr-7f3a\n']);
  });

  it.each([
    [{ PROMOTION_ID: undefined }, 'PROMOTION_ID is not set;'],
    [{ PROMOTION_DISPATCH_ID: undefined }, 'PROMOTION_DISPATCH_ID is not set;'],
    [{ PROMOTION_ID: '$(id)', PROMOTION_DISPATCH_ID: '' }, 'PROMOTION_ID is no id, PROMOTION_DISPATCH_ID is no id;'],
  ])('refuses %j as a wrong call', async (changes, message) => {
    const given: Readonly<Record<string, string | undefined>> = { ...named, ...changes };
    const environment = Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const { exitCode, errors } = await record(['runner'], { environment });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('refuses by name what it has no adapter for, before it opens anything', async () => {
    const environment = { ...named, PROMOTION_STATE_INSTANCE: 'p:r:i', PROMOTION_RULES: 'gs://bucket/rules.json' };
    const { exitCode, errors } = await record(['runner'], { environment });
    expect(exitCode).toBe(1);
    expect(errors).toContain('  PROMOTION_STATE_INSTANCE: a state database in Cloud SQL\n');
    expect(errors).toContain('  PROMOTION_RULES: rules in Cloud Storage\n');
    expect(errors).toContain('nothing was changed');
    expect(errors).not.toContain('PROMOTION_AUDIT_BUCKET');
  });

  it('starts no database of its own, since its promotion is in none', async () => {
    const { DATABASE_URL: _, ...environment } = named;
    const { exitCode, errors } = await record(['runner'], { environment });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('set DATABASE_URL')]);
  });
});
