import type { Comparison, Side } from '../../../../cloudrun-ui/web/src/pages/compare/compare-query.ts';
import { comparedParts } from '../../../../cloudrun-ui/web/src/pages/compare/compared-parts.ts';

const side = (environment: string, release: string, schemaVersion: number): Side => ({
  environment,
  deployment: { phase: 'available', message: null, release },
  measuredSeconds: 300,
  services: [],
  database: {
    name: 'orders',
    isReachable: true,
    connectMs: 1,
    queryMs: 1,
    sizeBytes: 1,
    schemaVersion,
    unfinished: null,
  },
  alerts: [],
  alertsUnknown: null,
});
const [one, other] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`);
const comparison = (changes: Partial<Comparison> = {}): Comparison => ({
  application: 'shop',
  at: '2026-11-27T09:00:00.000Z',
  from: side('staging', 'v2', 3),
  to: side('production', 'v1', 3),
  versions: [
    {
      service: 'api',
      from: { release: 'v2', digest: other ?? '' },
      to: { release: 'v1', digest: one ?? '' },
      isSame: false,
    },
    {
      service: 'web',
      from: { release: 'v2', digest: one ?? '' },
      to: { release: 'v1', digest: one ?? '' },
      isSame: true,
    },
    { service: 'job', from: { release: null, digest: null }, to: { release: 'v1', digest: one ?? '' }, isSame: null },
  ],
  schema: { kind: 'compared', entries: [{ object: 'TABLE orders', from: 'CREATE 2', to: null }] },
  tables: { kind: 'none' },
  configuration: {
    kind: 'compared',
    entries: [{ setting: 'limit', from: '9', to: '5' }],
    same: [{ setting: 'colour', value: 'green' }],
  },
  flags: {
    kind: 'compared',
    entries: [{ key: 'gift-notes', from: { isEnabled: true, percentage: 10 }, to: null }],
    same: [{ key: 'dark', isEnabled: false, percentage: 0 }],
  },
  readiness: null,
  forecast: null,
  ...changes,
});
const nothing = { from: [], to: [] };
const part = (title: string, compared: Comparison, setAside: Parameters<typeof comparedParts>[1] = nothing) =>
  comparedParts(compared, setAside).find((each) => each.title === title);

describe('in what two environments differ', () => {
  it('is the release, images by digest, values, schema and flags; what is the same stands aside', () => {
    expect(part('Release', comparison())?.changes).toEqual([{ setting: 'release', before: 'v2', after: 'v1' }]);
    expect(part('Images', comparison())).toMatchObject({
      changes: [{ setting: 'api', before: other, after: one }],
      same: [{ setting: 'web', value: one }],
      unknown: 'what runs of job is not known on both sides',
    });
    expect(part('Configuration', comparison())).toMatchObject({
      changes: [{ setting: 'limit', before: '9', after: '5' }],
      same: [{ setting: 'colour', value: 'green' }],
    });
    expect(part('Schema', comparison())).toMatchObject({
      changes: [{ setting: 'TABLE orders', before: 'CREATE 2', after: null }],
      same: [{ setting: 'schema', value: 'version 3' }],
    });
    expect(part('Flags', comparison())).toMatchObject({
      changes: [{ setting: 'gift-notes', before: 'on for 10 %', after: null }],
      same: [{ setting: 'dark', value: 'off' }],
    });
  });

  it('is a rule that was set aside for what runs on one side only', () => {
    const force = { kind: 'force', by: 'olga', reason: 'the sale' };
    expect(part('Rules set aside', comparison(), { from: [], to: [force, { ...force, by: 'omar' }] })).toMatchObject({
      changes: [{ setting: 'force', before: null, after: 'by olga: the sale; by omar: the sale' }],
    });
    expect(part('Rules set aside', comparison(), { from: undefined, to: [force] })).toMatchObject({
      changes: [],
      unknown: 'what was set aside for what runs there',
    });
  });

  it('is said to be unknown where it is, and why', () => {
    const away = { name: 'orders', isReachable: false as const, unknown: 'it does not answer' };
    const gone = comparison({
      from: { ...side('staging', 'v2', 3), database: away, deployment: { phase: null, unknown: 'not driven' } },
      schema: { kind: 'unknown', why: 'it does not answer' },
      configuration: { kind: 'unknown', why: 'values.yaml is missing' },
    });
    expect(part('Release', gone)).toMatchObject({ changes: [], unknown: 'staging: not driven' });
    expect(part('Schema', gone)?.unknown).toBe('staging: it does not answer');
    expect(part('Configuration', gone)).toMatchObject({ changes: [], unknown: 'values.yaml is missing' });
  });

  it('tells of rows where tables are compared, and nothing of what neither side has', () => {
    const read = (rows: number) => ({ kind: 'read', table: 'orders', rows, checksum: 'a'.repeat(32), columns: ['id'] });
    const entries = [
      { table: 'orders', from: read(1204), to: read(3), isSame: false },
      { table: 'carts', from: { kind: 'unreadable', table: 'carts', why: 'no' }, to: read(1), isSame: null },
    ];
    expect(part('Rows', comparison({ tables: { kind: 'compared', entries } }))).toMatchObject({
      changes: [{ setting: 'orders', before: '1,204 rows, checksum aaaaaaaa', after: '3 rows, checksum aaaaaaaa' }],
      unknown: 'carts could not be read on both sides',
    });
    const bare = comparison({
      from: { ...side('staging', 'v2', 3), database: null },
      to: { ...side('production', 'v1', 3), database: null },
      flags: { kind: 'none' },
    });
    expect(comparedParts(bare, nothing).map(({ title }) => title)).toEqual([
      'Release',
      'Images',
      'Configuration',
      'Rules set aside',
    ]);
  });
});
