import fc from 'fast-check';
import { factOf, read, refusal } from '../reading.ts';

const match = (id: string, severity: string, more: object = {}) => ({
  vulnerability: { id, severity, urls: [], cvss: [{ metrics: { baseScore: 8.2 } }], fix: { versions: ['1.2.1'] } },
  relatedVulnerabilities: [{ id: 'GHSA-1', severity: 'Critical' }],
  artifact: { id: 'a246', name: 'package-1', version: '1.1.1', type: 'rpm', locations: [] },
  ...more,
});
const report = (...matches: readonly object[]) => ({
  matches,
  ignoredMatches: [match('CVE-9', 'Critical')],
  source: { type: 'image', target: { userInput: 'shop-api:v2' } },
  descriptor: { name: 'grype', version: '0.90.0', timestamp: '2026-11-20T10:00:00.5+01:00' },
});

describe('Grype', () => {
  it('gives its matches with their packages; what it was told to ignore is not among them', async () => {
    const { facts, collectedAt } = await read(
      report(match('CVE-1999-0001', 'Low'), match('CVE-1999-0002', 'Critical')),
    );
    expect(facts).toEqual([
      {
        kind: 'findings',
        scanner: 'grype',
        critical: 1,
        high: 0,
        medium: 0,
        low: 1,
        items: [
          { id: 'CVE-1999-0001', severity: 'low', subject: 'package-1@1.1.1' },
          { id: 'CVE-1999-0002', severity: 'critical', subject: 'package-1@1.1.1' },
        ],
      },
    ]);
    expect(collectedAt).toEqual(new Date('2026-11-20T09:00:00.500Z'));
  });

  it('is read when it found nothing and does not know the time', async () => {
    const empty = { ...report(), descriptor: { name: 'grype', version: '[not provided]', timestamp: '' } };
    const { facts, collectedAt } = await read(empty);
    expect(facts).toMatchObject([{ critical: 0, high: 0, medium: 0, low: 0, items: [] }]);
    expect(collectedAt).toBeUndefined();
  });

  it('knows all severities of grype', async () => {
    const names = ['Critical', 'High', 'Medium', 'Low', 'Negligible', 'Unknown', ''];
    const fact = await factOf('findings', report(...names.map((name) => match('CVE-1', name))));
    expect(fact).toMatchObject({ critical: 1, high: 3, medium: 1, low: 2 });
  });

  it('gives the ids that were written, however the bytes come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1 })),
        fc.integer({ min: 1, max: 80 }),
        async (ids, chunkBytes) => {
          const { items } = await factOf('findings', report(...ids.map((id) => match(id, 'High'))), { chunkBytes });
          expect(items?.map(({ id }) => id)).toEqual(ids.map((id) => id.replaceAll('\0', '\u{FFFD}')));
        },
      ),
    ));

  it.each([
    [{ matches: null, descriptor: { name: 'grype' } }, /\$\.matches: is missing/],
    [{ ...report(), descriptor: { name: 'syft' } }, /\$\.descriptor\.name/],
    [report({ vulnerability: { id: 'CVE-1' } }), /\$\.matches\[0\]\.vulnerability\.severity/],
    [report(match('CVE-1', 'Terrible')), /\$\.matches\[0\]: "Terrible" is no severity/],
    [report(match('', 'High')), /\$\.matches\[0\]: is a finding without an id/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'grype' })).toMatch(reason);
  });
});
