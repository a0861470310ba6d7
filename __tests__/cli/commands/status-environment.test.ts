import { instantText } from '../../../engine/schedule/instant-text.ts';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentReport, Place } from '../../../engine/promotion-service.ts';
import type { Session } from '../../../cli/session.ts';
import { afterStart, samplePromotion, sampleRelease } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';
import { sampleReport, sampleService, unknown } from '../support/sample-report.ts';

const state = {
  application: 'shop',
  name: 'staging',
  release: sampleRelease(),
  promotionId: 'pr-7f3a',
  deployedAt: afterStart(-720),
  verifiedAt: afterStart(-700),
  autoPromotionPausedAt: undefined,
  slotHeldBy: undefined,
  undoWindowUntil: afterStart(3660),
};

/** What the service answers about one environment; other environments are mixed in. */
function sessionOf(report: EnvironmentReport, rest: Partial<Session> = {}) {
  const asked: Place[] = [];
  const closure = { application: 'shop', name: undefined, until: undefined, by: 'olga' } as const;
  const item = { kind: 'merge-back', application: 'shop', promotionId: 'pr-7f3a', openedAt: afterStart(0) } as const;
  const session = fakeSession(
    {
      inspect: (_actor, place) => {
        asked.push(place);
        return Promise.resolve(report);
      },
      environments: () => Promise.resolve([{ ...state, name: 'dev', undoWindowUntil: undefined }, state]),
      closures: () =>
        Promise.resolve([
          { ...closure, kind: 'hold', environment: 'staging', reason: 'incident 4711' },
          { ...closure, kind: 'hold', environment: 'production', reason: 'not ours' },
        ]),
      openItems: () =>
        Promise.resolve([
          { ...item, id: 'mb-1', environment: 'staging', detail: 'merge v2.1 back' },
          { ...item, id: 'mb-2', environment: 'dev', detail: 'not ours' },
        ]),
      list: () => Promise.resolve([samplePromotion({ state: 'QUEUED', endedAt: undefined })]),
      releases: () => Promise.resolve([sampleRelease()]),
    },
    rest,
  );
  return { session, asked };
}

describe('promote status --env', () => {
  it('shows each service with its numbers, the database, and what people must know of the environment', async () => {
    const { session, asked } = sessionOf(sampleReport());
    const { exitCode, out } = await record(['status', 'shop', '--env', 'stage'], { session });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ application: 'shop', environment: 'stage' }]);
    expect(out).toBe(`shop in staging   ✔ v2 verified, in place for 13 min, came with pr-7f3a

  service   version   health      answers in   p95     errors            memory   CPU     restarts
  orders    v2        ✔ healthy   12 ms        80 ms   0.25 % of 1,204   48 MiB   1.2 %   0
  Errors, p95, memory and CPU of the last 5 min.

  deployment    available
  database      shop-staging answers in 0.4 ms (connects in 8.2 ms), schema 3, 8 MiB
  alerts        none is open
  undo window   ends in 1 h, until ${instantText(afterStart(3660))}
  closed        ■ hold until it is released: incident 4711 (olga)

On its way
  v2   dev → staging   pr-7f3a   waiting for its turn in the environment, for 49 s now

Left to do
  shop staging   merge v2.1 back   mb-1
`);
    expect(out).not.toContain('not ours');
  });

  it('does not say of a release that it is well while a service that matters is sick', async () => {
    const report = sampleReport({ services: [sampleService({ health: 'sick', trouble: 'no answer within 5 s' })] });
    const { out } = await record(['status', '--env', 'staging'], { session: sessionOf(report).session });
    expect(out).toMatch(/^shop in staging {3}✖ v2 verified before, and orders is sick now, in place for 13 min/);
    expect(out).toContain('deployment    available to the platform, but orders cannot be used\n');
    const minor = sampleReport({ services: [sampleService({ health: 'sick', isCritical: false, trouble: 'slow' })] });
    const lesser = await record(['status', '--env', 'staging'], { session: sessionOf(minor).session });
    expect(lesser.out).toContain('✔ v2 verified, in place');
  });

  it('says unknown for what is not known, and below it why', async () => {
    const nobody = unknown('nobody asked orders for anything in this time');
    const report = sampleReport({
      deployment: { isKnown: false, why: 'the platform is gone' },
      services: [
        sampleService({
          health: 'sick',
          trouble: 'connect ECONNREFUSED',
          responseTimeMs: unknown('connect ECONNREFUSED'),
          errorRatePercent: nobody,
          p95Ms: nobody,
          memoryBytes: unknown('orders was last looked at 90 s ago'),
        }),
      ],
      database: {
        isReachable: false,
        isFunctionAway: false,
        name: 'shop-staging',
        why: 'could not be reached (ECONNREFUSED)',
      },
      alerts: { isKnown: false, why: 'nobody has looked yet' },
    });
    const { out } = await record(['status', '--env', 'staging'], { session: sessionOf(report).session });
    expect(out).toContain('orders    v2        ✖ sick   unknown      unknown   unknown   unknown   1.2 %   0\n');
    expect(out).toContain('deployment    unknown\n');
    expect(out).toContain('✖ shop-staging cannot be reached\n');
    expect(out).toContain('alerts        unknown\n');
    expect(out).toContain('orders health, orders answers   connect ECONNREFUSED\n');
    expect(out).toContain('orders errors, orders p95       nobody asked orders for anything in this time\n');
    expect(out).not.toMatch(/\b0 ms|\b0 %|\b0\.0/);
  });

  it('does not lay it at the database when it is the migration function that does not answer', async () => {
    const why = 'the migration function does not answer at http://127.0.0.1:1 (ECONNREFUSED)';
    const report = sampleReport({ database: { isReachable: false, isFunctionAway: true, name: 'shop-staging', why } });
    const { out } = await record(['status', '--env', 'staging'], { session: sessionOf(report).session });
    expect(out).toContain('shop-staging is not known: the migration function does not answer\n');
    expect(out).not.toContain('cannot be reached');
  });

  it('is one JSON document, in which what is not known is null and says why', async () => {
    const report = sampleReport({ services: [sampleService({ memoryBytes: unknown('it is gone') })] });
    const { out } = await record(['status', '--env', 'staging', '--json'], { session: sessionOf(report).session });
    expect(JSON.parse(out)).toMatchObject({
      application: 'shop',
      environment: 'staging',
      state: { release: 'v2', undoWindowUntil: afterStart(3660).toISOString() },
      deployment: { phase: 'available' },
      services: [{ service: 'orders', memoryBytes: null, cpuPercent: 1.2, unknown: { memoryBytes: 'it is gone' } }],
      database: { name: 'shop-staging', queryMs: 0.4 },
      alerts: [],
      closures: [{ reason: 'incident 4711' }],
      openItems: [{ id: 'mb-1' }],
      running: [{ id: 'pr-7f3a' }],
    });
  });

  it('is kept up to date until ctrl-C', async () => {
    const { exitCode, out } = await record(['status', '--env', 'staging', '--watch'], {
      session: sessionOf(sampleReport()).session,
      interruptedAtSleep: 3,
    });
    expect(exitCode).toBe(0);
    expect(out.split('shop in staging')).toHaveLength(4);
  });

  it('keeps what it shows, and what the services wrote last, in a log called after the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'status-'));
    const serviceLogs = (environment: string) =>
      Promise.resolve([{ service: 'orders', lines: [`listens in ${environment}`, 'bell \u0007'] }]);
    const { session } = sessionOf(sampleReport(), { serviceLogs });
    const { out } = await record(['status', '--env', 'dev', '--log'], { session, logFolder: folder });
    const [file = ''] = await readdir(folder);
    expect(file).toMatch(/^dev-\d{8}-\d{6}\.log$/);
    const text = await readFile(join(folder, file), 'utf8');
    expect(text.startsWith(out)).toBe(true);
    expect(text).toContain('What orders wrote last\n  listens in staging\n');
    expect(text).not.toContain('\u0007');
    await rm(folder, { recursive: true });
  });

  it('refuses a log without an environment, and an environment of a promotion', async () => {
    const { session } = sessionOf(sampleReport());
    expect(await record(['status', '--log'], { session })).toMatchObject({ exitCode: 2 });
    expect(await record(['status', 'pr-7f3a', '--env', 'staging'], { session })).toMatchObject({ exitCode: 2 });
  });
});
