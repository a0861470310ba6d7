import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComparedEnvironments, ComparisonRequest, Readiness } from '../../../engine/promotion-service.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';
import { sampleReport } from '../support/sample-report.ts';

const check = (
  part: Readiness['checks'][number]['part'],
  name: string,
  isPassed: boolean | undefined,
  detail: string,
) => ({
  part,
  name,
  weight: 3,
  isPassed,
  detail,
});

function readiness(changes: Partial<Readiness> = {}): Readiness {
  return {
    score: 100,
    verdict: 'ready',
    readyPercent: 90,
    cautionPercent: 75,
    isDemanded: true,
    checks: [check('services', 'orders healthy in development', true, 'healthy')],
    ...changes,
  };
}

function comparison(changes: Partial<ComparedEnvironments> = {}): ComparedEnvironments {
  const [v2, v1] = ['2', '1'].map((digit) => `sha256:${digit.repeat(64)}`);
  return {
    from: sampleReport({ environment: 'development' }),
    to: sampleReport({ environment: 'staging' }),
    versions: [
      { service: 'orders', from: { release: 'v2', digest: v2 }, to: { release: 'v1', digest: v1 }, isSame: false },
      {
        service: 'web',
        from: { release: undefined, digest: undefined },
        to: { release: 'v1', digest: v1 },
        isSame: undefined,
      },
    ],
    schema: { kind: 'compared', value: [{ object: 'TABLE public.orders', from: 'CREATE 2', to: 'CREATE 1' }] },
    tables: {
      kind: 'compared',
      value: [
        {
          table: 'orders',
          from: { kind: 'read', table: 'orders', rows: 1204, checksum: 'a'.repeat(32), columns: ['id'] },
          to: { kind: 'unreadable', table: 'orders', why: 'it did not answer within 1 min' },
          isSame: undefined,
        },
      ],
    },
    configuration: {
      kind: 'compared',
      value: {
        differing: [{ kind: 'configuration', subject: 'settings.limit', before: '100', after: undefined }],
        same: [{ subject: 'settings.colour', value: 'green' }],
      },
    },
    flags: {
      kind: 'compared',
      value: {
        differing: [
          { key: 'gift-notes', from: { isEnabled: true, percentage: 10 }, to: { isEnabled: false, percentage: 0 } },
        ],
        same: [],
      },
    },
    readiness: readiness(),
    forecast: undefined,
    ...changes,
  };
}

/** Answers a comparison and keeps what was asked. */
function sessionOf(compared: ComparedEnvironments) {
  const asked: ComparisonRequest[] = [];
  const session = fakeSession({
    compare: (_actor, request) => {
      asked.push(request);
      return Promise.resolve(compared);
    },
  });
  return { session, asked };
}

describe('promote compare', () => {
  it('puts two environments side by side, and says what is alike, what is not, and what is not known', async () => {
    const { exitCode, out } = await record(['compare'], { session: sessionOf(comparison()).session });
    expect(exitCode).toBe(0);
    expect(out).toBe(`Comparing shop

                            development                     staging
Versions
  ≠   orders                v2                              v1
  ?   web                   unknown                         v1
Database
  =   schema                version 3                       version 3
  ≠   TABLE public.orders   another one                     another one
Tables
  ?   orders                1,204 rows, checksum aaaaaaaa   unknown: it did not answer within 1 min
Configuration
  ≠   settings.limit        100                             –
Flags
  ≠   gift-notes            on, 10 %                        off
Response times
      orders                12 ms                           12 ms
Memory
      orders                48 MiB                          48 MiB
CPU
      orders                1.2 %                           1.2 %

Readiness
  ✔   services   3 of 3

✔ 100 %: ready for promotion (90 % and above).
`);
  });

  it.each([
    [90, 'ready', 0, '✔ 90 %: ready for promotion (90 % and above).'],
    [89.999, 'caution', 0, '! 89.999 %: promotion with caution (75 % to below 90 %).'],
    [75, 'caution', 0, 'It needs an acknowledgement: promote run --to staging --acknowledge "<reason>"'],
    [74.9999, 'not-ready', 3, '✖ 74.9999 %: not ready for promotion (below 75 %).'],
    [undefined, 'not-ready', 3, '✖ There is nothing to judge by: not ready for promotion'],
  ] as const)('of a score of %s says %s and ends with %i', async (score, verdict, exit, text) => {
    const checks = [check('services', 'orders healthy in development', undefined, 'connect ECONNREFUSED')];
    const { session } = sessionOf(comparison({ readiness: readiness({ score, verdict, checks }) }));
    const { exitCode, out } = await record(['compare'], { session });
    expect(exitCode).toBe(exit);
    expect(out).toContain(text);
    expect(out).toContain('✖   services   0 of 3\n    orders healthy in development: not known: connect ECONNREFUSED');
  });

  it('says why two releases count as alike where one brought what the other had', async () => {
    const digest = `sha256:${'2'.repeat(64)}`;
    const versions = [{ service: 'web', from: { release: 'v3', digest }, to: { release: 'v2', digest }, isSame: true }];
    const session = fakeSession({ compare: () => Promise.resolve(comparison({ versions })) });
    const { out } = await record(['compare', 'development', 'staging'], { session });
    expect(out).toMatch(/= +web +v3 +v2, the same image/);
  });

  it('says what promoting would change, as the plan of it would, before the verdict', async () => {
    const body = { images: [{ service: 'web', digest: `sha256:${'2'.repeat(64)}`, change: 'new' }] };
    const forecast = { kind: 'planned', release: 'v2', plan: { hash: 'f'.repeat(64), body } } as const;
    const { out } = await record(['compare'], { session: sessionOf(comparison({ forecast })).session });
    expect(out).toMatch(
      /Promoting v2 into staging would change\n {2}images +web {2}new → sha256:2222222\n[^]*\nReadiness/,
    );
    const unknown = { kind: 'unknown', release: 'v2', why: 'the database is gone' } as const;
    const said = await record(['compare'], { session: sessionOf(comparison({ forecast: unknown })).session });
    expect(said.out).toContain('What promoting v2 into staging would change is unknown: the database is gone\n');
  });

  it('judges no readiness where no path leads', async () => {
    const { exitCode, out } = await record(['compare', 'staging', 'development'], {
      session: sessionOf(comparison({ readiness: undefined })).session,
    });
    expect(exitCode).toBe(0);
    expect(out).toContain('No path leads from development to staging');
  });

  it.each([
    [[], {}, { application: undefined, from: undefined, to: undefined }],
    [['shop'], {}, { application: 'shop' }],
    [['dev', 'staging'], { PROMOTE_APPLICATION: 'shop' }, { application: 'shop', from: 'dev', to: 'staging' }],
    [['dev', 'staging', 'shop'], { FROM_ENV: 'qa' }, { application: 'shop', from: 'dev', to: 'staging' }],
    [[], { FROM_ENV: 'dev', TO_ENV: 'staging' }, { from: 'dev', to: 'staging' }],
  ])('understands %j with the variables %j', async (words, environment, request) => {
    const { session, asked } = sessionOf(comparison());
    expect((await record(['compare', ...words], { session, environment })).exitCode).toBe(0);
    expect(asked).toMatchObject([request]);
  });

  it('refuses more words than it knows what to do with', async () => {
    const { exitCode, errors } = await record(['compare', 'a', 'b', 'c', 'd'], {
      session: sessionOf(comparison()).session,
    });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('two environments and an application at most')]);
  });

  it('is one JSON document, with the score unrounded and what is not known as null', async () => {
    const { session } = sessionOf(comparison({ readiness: readiness({ score: 500 / 6, verdict: 'caution' }) }));
    const { out } = await record(['compare', '--json'], { session });
    expect(JSON.parse(out)).toMatchObject({
      application: 'shop',
      from: { environment: 'development', services: [{ service: 'orders', responseTimeMs: 12.4 }] },
      versions: [{ isSame: false }, { service: 'web', isSame: null }],
      schema: { kind: 'compared', entries: [{ object: 'TABLE public.orders', from: 'CREATE 2' }] },
      tables: { entries: [{ table: 'orders', isSame: null, to: { kind: 'unreadable' } }] },
      configuration: {
        entries: [{ setting: 'settings.limit' }],
        same: [{ setting: 'settings.colour', value: 'green' }],
      },
      flags: { entries: [{ key: 'gift-notes' }], same: [] },
      forecast: null,
      readiness: { score: 500 / 6, verdict: 'caution', checks: [{ part: 'services', isPassed: true }] },
    });
  });

  it('keeps what it says where the guide says, for its owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'compare-'));
    const { out, errors } = await record(['compare', '--log'], {
      session: sessionOf(comparison()).session,
      logFolder: folder,
    });
    const [file = '', ...more] = await readdir(folder);
    expect(more).toEqual([]);
    expect(file).toMatch(/^env-comparison-\d{8}-\d{6}\.log$/);
    expect(await readFile(join(folder, file), 'utf8')).toBe(out);
    expect(errors).toContain(join(folder, file));
    await rm(folder, { recursive: true });
  });
});
